import { z } from "zod";
import { parseBody, toWire } from "./configuration.ts";
import { errors } from "./errors.ts";
import { paged } from "./paging.ts";
import { LATEST } from "./registry.ts";
import { functionOf, json, type Route, wire } from "./route.ts";

const PublishVersion = z.looseObject({ Description: z.string().optional(), CodeSha256: z.string().optional() });

export const listVersions: Route = async (parameters, { query }, context) => {
  const { name } = functionOf(parameters);
  context.registry.get(name, LATEST);
  const { page, ...rest } = paged(context.registry.versions(name), query, { key: ({ version }) => version });
  const Versions = page.map(({ version, configuration }) => toWire(context, { name, version }, configuration));
  return json(200, { Versions, ...rest });
};

export const publishVersion: Route = async (parameters, { body }, context) => {
  const { name } = functionOf(parameters);
  const { Description, CodeSha256 } = parseBody(PublishVersion, body);
  const current = context.registry.get(name, LATEST).configuration.sha256;
  if (CodeSha256 !== undefined && CodeSha256 !== current)
    throw errors.invalid(`CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${current}).`);
  const version = await context.store.write(() => context.registry.publish(name, Description));
  return json(201, wire(context, name, version));
};
