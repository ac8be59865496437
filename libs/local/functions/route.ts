import type { EnginePort } from "../core/ports.ts";
import type { ServiceRequest, ServiceResponse } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import type { Concurrency } from "./concurrency.ts";
import { toWire } from "./configuration.ts";
import { errors } from "./errors.ts";
import type { Registry } from "./registry.ts";

export interface ControlContext {
  store: Store;
  registry: Registry;
  folder: string;
  region: string;
  account: string;
  engine: () => EnginePort;
  concurrency: Concurrency;
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

export const functionOf = (parameters: Parameters) => {
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

/** A version as Lambda answers it. */
export const wire = (context: ControlContext, name: string, qualifier: string) => {
  const { version, configuration } = context.registry.get(name, qualifier);
  return toWire(context, { name, version }, configuration);
};
