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
import { paged } from "./paging.ts";
import { LATEST } from "./registry.ts";
import { functionOf, json, type Route, targetOf, wire } from "./route.ts";

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
  const { FunctionName: _name, ...given } = parseBody(UpdateConfiguration, body);
  // What has a default and was not given stays as it is.
  const sent = JSON.parse(body.toString() || "{}") as object;
  const settings = Object.fromEntries(Object.entries(given).filter(([member]) => member in sent));
  await store.write(() => {
    const { configuration } = registry.get(name, LATEST);
    if (settings.DurableConfig && !configuration.DurableConfig)
      throw errors.invalid("Durable execution can be switched on only when a function is created.");
    registry.save(name, { ...configuration, ...settings } as Configuration);
  });
  return json(200, wire(context, name, LATEST));
};

export const getConfiguration: Route = async (parameters, request, context) => {
  const { name, qualifier = LATEST } = targetOf(parameters, request);
  return json(200, wire(context, name, qualifier));
};

export const getFunction: Route = async (parameters, request, context) => {
  const { name, qualifier = LATEST } = targetOf(parameters, request);
  const reserved = context.concurrency.get(name);
  return json(200, {
    Configuration: wire(context, name, qualifier),
    Code: { RepositoryType: "S3" },
    ...(reserved !== undefined && { Concurrency: { ReservedConcurrentExecutions: reserved } }),
  });
};

export const listFunctions: Route = async (_, { query }, context) => {
  const all = query.get("FunctionVersion") === "ALL";
  const { registry } = context;
  const versions = registry
    .names()
    .flatMap((name) => (all ? registry.versions(name) : [registry.get(name, LATEST)]).map((one) => ({ name, ...one })));
  const { page, ...rest } = paged(versions, query, { key: ({ name, version }) => `${name}:${version}` });
  const Functions = page.map(({ name, version, configuration }) => toWire(context, { name, version }, configuration));
  return json(200, { Functions, ...rest });
};
