import { z } from "zod";
import type { EnginePort } from "../core/ports.ts";
import type { ServiceRequest, ServiceResponse } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import { storeCode } from "./code.ts";
import {
  type Configuration,
  CreateFunction,
  parseBody,
  toWire,
  UpdateCode,
  UpdateConfiguration,
} from "./configuration.ts";
import { errors } from "./errors.ts";
import { LATEST, type Registry } from "./registry.ts";

export interface ControlContext {
  store: Store;
  registry: Registry;
  folder: string;
  region: string;
  account: string;
  engine: () => EnginePort;
}

export type Parameters = Readonly<Record<string, string>>;
export type Route = (
  parameters: Parameters,
  request: ServiceRequest,
  context: ControlContext,
) => Promise<ServiceResponse>;

export const json = (status: number, value?: unknown): ServiceResponse => ({
  status,
  headers: { "content-type": "application/json" },
  ...(value !== undefined && { body: JSON.stringify(value) }),
});

const AliasBody = z.strictObject({
  Name: z.string().regex(/^(?!\d+$)[\w-]{1,128}$/, "expected a name that is no number"),
  FunctionVersion: z.string(),
  Description: z.string().default(""),
});

const functionOf = (parameters: Parameters) => {
  const given = parameters.name ?? "";
  // A name, NAME:QUALIFIER, ACCOUNT:function:NAME, or an ARN.
  const [, name = "", qualifier] =
    /^(?:arn:aws:lambda:[^:]*:|)(?:\d{12}:)?(?:function:)?([A-Za-z0-9_-]{1,64})(?::([\w$-]+))?$/.exec(given) ?? [];
  if (!name) throw errors.invalid(`Expected a function's name or ARN, got ${JSON.stringify(given.slice(0, 140))}`);
  return { name, qualifier };
};

/** The function that a path names, and the qualifier of the path or of the query. */
export function targetOf(parameters: Parameters, { query }: Pick<ServiceRequest, "query">) {
  const { name, qualifier } = functionOf(parameters);
  return { name, qualifier: query.get("Qualifier") ?? qualifier };
}

const wire = (context: ControlContext, name: string, qualifier: string) => {
  const { version, configuration } = context.registry.get(name, qualifier);
  return toWire(context, { name, version }, configuration);
};

export const createFunction: Route = async (_, { body }, context) => {
  const { store, registry, folder } = context;
  const {
    FunctionName,
    Code,
    Publish,
    PackageType: _type,
    Architectures: _cpu,
    ...settings
  } = parseBody(CreateFunction, body);
  if (registry.exists(FunctionName)) throw errors.conflict(`Function already exist: ${FunctionName}`);
  const code = await storeCode(folder, Buffer.from(Code.ZipFile, "base64"));
  const version = await store.write(() => {
    registry.save(FunctionName, { ...settings, ...code, modifiedAt: 0 });
    return Publish ? registry.publish(FunctionName) : LATEST;
  });
  return json(201, wire(context, FunctionName, version));
};

export const updateCode: Route = async (parameters, { body }, context) => {
  const { store, registry, folder } = context;
  const { name } = functionOf(parameters);
  const { ZipFile, Publish } = parseBody(UpdateCode, body);
  registry.get(name, LATEST);
  const code = await storeCode(folder, Buffer.from(ZipFile, "base64"));
  const version = await store.write(() => {
    registry.save(name, { ...registry.get(name, LATEST).configuration, ...code });
    return Publish ? registry.publish(name) : LATEST;
  });
  return json(200, wire(context, name, version));
};

export const updateConfiguration: Route = async (parameters, { body }, context) => {
  const { store, registry } = context;
  const { name } = functionOf(parameters);
  const { FunctionName: _name, ...given } = parseBody(
    UpdateConfiguration.extend({ FunctionName: z.string().optional() }),
    body,
  );
  const settings = Object.fromEntries(
    Object.entries(given).filter(([member]) => member in JSON.parse(body.toString())),
  );
  await store.write(() =>
    registry.save(name, { ...registry.get(name, LATEST).configuration, ...settings } as Configuration),
  );
  return json(200, wire(context, name, LATEST));
};

export const getConfiguration: Route = async (parameters, request, context) => {
  const { name, qualifier = LATEST } = targetOf(parameters, request);
  return json(200, wire(context, name, qualifier));
};

export const getFunction: Route = async (parameters, request, context) => {
  const { name, qualifier = LATEST } = targetOf(parameters, request);
  return json(200, { Configuration: wire(context, name, qualifier), Code: { RepositoryType: "S3" } });
};

export const listFunctions: Route = async (_, __, context) =>
  json(200, { Functions: context.registry.names().map((name) => wire(context, name, LATEST)) });

export const listVersions: Route = async (parameters, _, context) => {
  const { name } = functionOf(parameters);
  context.registry.get(name, LATEST);
  const Versions = context.registry
    .versions(name)
    .map(({ version, configuration }) => toWire(context, { name, version }, configuration));
  return json(200, { Versions });
};

export const publishVersion: Route = async (parameters, { body }, context) => {
  const { name } = functionOf(parameters);
  const { Description } = parseBody(z.looseObject({ Description: z.string().optional() }), body);
  const version = await context.store.write(() => context.registry.publish(name, Description));
  return json(201, wire(context, name, version));
};

export const deleteFunction: Route = async (parameters, request, { store, registry, engine }) => {
  const { name, qualifier } = targetOf(parameters, request);
  registry.get(name, qualifier ?? LATEST);
  const running = engine().running(name, qualifier);
  if (running > 0)
    throw errors.conflict(
      `${name}${qualifier ? `:${qualifier}` : ""} has ${running} running durable executions: stop them, or wait for their end.`,
    );
  const pointing = registry.aliases(name).find(({ FunctionVersion }) => FunctionVersion === qualifier);
  if (pointing) throw errors.conflict(`The alias ${pointing.Name} points to version ${qualifier}.`);
  await store.write(() => registry.remove(name, qualifier));
  return { status: 204 };
};

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

export const listAliases: Route = async (parameters, _, context) => {
  const { name } = functionOf(parameters);
  return json(200, { Aliases: context.registry.aliases(name).map((alias) => aliasWire(context, name, alias)) });
};

export const deleteAlias: Route = async (parameters, _, { store, registry }) => {
  const { name } = functionOf(parameters);
  await store.write(() => registry.removeAlias(name, parameters.alias ?? ""));
  return { status: 204 };
};
