import { z } from "zod";
import { parseBody } from "./configuration.ts";
import { errors } from "./errors.ts";
import { paged } from "./paging.ts";
import { type ControlContext, functionOf, json, type Route } from "./route.ts";

const AliasBody = z.strictObject({
  Name: z.string().regex(/^(?!\d+$)[\w-]{1,128}$/, "expected a name that is no number"),
  FunctionVersion: z.string(),
  Description: z.string().default(""),
});

const aliasWire = (
  { region, account }: ControlContext,
  name: string,
  alias: { Name: string; FunctionVersion: string; Description: string },
) => ({
  ...alias,
  AliasArn: `arn:aws:lambda:${region}:${account}:function:${name}:${alias.Name}`,
  RevisionId: alias.FunctionVersion,
});

export const createAlias: Route = async (parameters, { body }, context) => {
  const { store, registry } = context;
  const { name } = functionOf(parameters);
  const alias = parseBody(AliasBody, body);
  await store.write(() => {
    if (registry.aliases(name).some(({ Name }) => Name === alias.Name))
      throw errors.conflict(`Alias already exists: ${name}:${alias.Name}`);
    registry.saveAlias(name, alias);
  });
  return json(201, aliasWire(context, name, alias));
};

export const updateAlias: Route = async (parameters, { body }, context) => {
  const { store, registry } = context;
  const { name } = functionOf(parameters);
  const change = parseBody(
    AliasBody.omit({ Name: true }).partial().extend({ Description: z.string().optional() }),
    body,
  );
  const alias = await store.write(() => {
    const current = registry.alias(name, parameters.alias ?? "");
    const next = {
      ...current,
      FunctionVersion: change.FunctionVersion ?? current.FunctionVersion,
      Description: change.Description ?? current.Description,
    };
    registry.saveAlias(name, next);
    return next;
  });
  return json(200, aliasWire(context, name, alias));
};

export const getAlias: Route = async (parameters, _, context) => {
  const { name } = functionOf(parameters);
  return json(200, aliasWire(context, name, context.registry.alias(name, parameters.alias ?? "")));
};

export const listAliases: Route = async (parameters, { query }, context) => {
  const { name } = functionOf(parameters);
  const version = query.get("FunctionVersion");
  const aliases = context.registry.aliases(name).filter((one) => !version || one.FunctionVersion === version);
  const { page, ...rest } = paged(aliases, query, { key: ({ Name }) => Name });
  return json(200, { Aliases: page.map((alias) => aliasWire(context, name, alias)), ...rest });
};

export const deleteAlias: Route = async (parameters, _, { store, registry }) => {
  const { name } = functionOf(parameters);
  await store.write(() => registry.removeAlias(name, parameters.alias ?? ""));
  return { status: 204 };
};
