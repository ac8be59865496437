import type { Clock } from "../core/clock.ts";
import type { Faults } from "../core/faults.ts";
import type { EnginePort, FunctionPort, FunctionVersion, QueuePort } from "../core/ports.ts";
import type { Service, ServiceRequest, ServiceResponse } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import { restJsonError, WireError } from "../core/wire-error.ts";
import * as aliases from "./aliases.ts";
import { createAsynchronous } from "./asynchronous.ts";
import { createConcurrency, deleteConcurrency, getConcurrency, putConcurrency } from "./concurrency.ts";
import * as control from "./control.ts";
import { deleteFunction, forceDeletion } from "./deletion.ts";
import { errors } from "./errors.ts";
import { createEventSources } from "./event-sources.ts";
import { type InvokeContext, invoke } from "./invoke.ts";
import { createLogService } from "./log-query.ts";
import { createLogs } from "./logs.ts";
import { createPool } from "./pool.ts";
import { createRegistry, LATEST } from "./registry.ts";
import type { ControlContext, Parameters, Route } from "./route.ts";
import * as versions from "./versions.ts";

export interface Functions extends FunctionPort {
  /** Lambda's HTTP API without the durable executions; undefined where the path is none of it. */
  handle(request: ServiceRequest): Promise<ServiceResponse | undefined>;
  /** The engine, which is made after this. */
  attach(engine: EnginePort): void;
  /** Goes on with what was accepted, and with the event sources. */
  resume(): Promise<void>;
  close(): Promise<void>;
  /** CloudWatch Logs over what functions print. */
  logService: Service;
}

const ROUTES: readonly [method: string, path: RegExp, route: Route][] = [
  ["POST", /^\/2015-03-31\/functions\/?$/, control.createFunction],
  ["GET", /^\/2015-03-31\/functions\/?$/, control.listFunctions],
  ["GET", /^\/2015-03-31\/functions\/(?<name>[^/]+)$/, control.getFunction],
  ["DELETE", /^\/2015-03-31\/functions\/(?<name>[^/]+)$/, deleteFunction],
  ["GET", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/configuration$/, control.getConfiguration],
  ["PUT", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/configuration$/, control.updateConfiguration],
  ["PUT", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/code$/, control.updateCode],
  ["POST", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/versions$/, versions.publishVersion],
  ["GET", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/versions$/, versions.listVersions],
  ["POST", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/aliases$/, aliases.createAlias],
  ["GET", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/aliases$/, aliases.listAliases],
  ["GET", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/aliases\/(?<alias>[^/]+)$/, aliases.getAlias],
  ["PUT", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/aliases\/(?<alias>[^/]+)$/, aliases.updateAlias],
  ["DELETE", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/aliases\/(?<alias>[^/]+)$/, aliases.deleteAlias],
  ["PUT", /^\/2017-10-31\/functions\/(?<name>[^/]+)\/concurrency$/, putConcurrency],
  ["DELETE", /^\/2017-10-31\/functions\/(?<name>[^/]+)\/concurrency$/, deleteConcurrency],
  ["GET", /^\/2019-09-30\/functions\/(?<name>[^/]+)\/concurrency$/, getConcurrency],
  ["DELETE", /^\/_longhaul\/functions\/(?<name>[^/]+)$/, forceDeletion],
];
const INVOCATIONS = /^\/2015-03-31\/functions\/(?<name>[^/]+)\/invocations$/;
const EVENT_SOURCES = /^\/2015-03-31\/event-source-mappings\/?(?<uuid>[^/]*)$/;

/** Lambda without its durable executions: functions, versions, aliases, workers, invocations, event sources, logs. */
export function createFunctions(options: {
  store: Store;
  clock: Clock;
  /** Code is unpacked below it. */
  folder: string;
  region: string;
  account: string;
  endpoint: () => string;
  queues: QueuePort;
  faults?: Faults | undefined;
}): Functions {
  const registry = createRegistry(options);
  const logs = createLogs(options);
  const pool = createPool({ ...options, logs });
  let attached: EnginePort | undefined;
  const engine = () => {
    if (!attached) throw new Error("The engine is not attached yet.");
    return attached;
  };
  const concurrency = createConcurrency({ ...options, invoke: pool.invoke });
  const run = (target: FunctionVersion, event: unknown, requestId: string) =>
    concurrency.invoke(target, { event, requestId });
  const resolve = (name: string) => {
    const [bare = "", qualifier = LATEST] = (name.split(":function:").at(-1) ?? name).split(":");
    return registry.resolve(bare, qualifier);
  };
  const asynchronous = createAsynchronous({ ...options, resolve: registry.resolve, run });
  const eventSources = createEventSources({ ...options, resolve, run });
  const controlContext: ControlContext = { ...options, registry, engine, concurrency };
  const invokeContext: InvokeContext = { registry, engine, asynchronous, concurrency };

  const dispatch = (request: ServiceRequest): Promise<ServiceResponse> | undefined => {
    const { method, path } = request;
    const invocation = INVOCATIONS.exec(path);
    if (invocation && method === "POST") return invoke(decoded(invocation.groups), request, invokeContext);
    const source = EVENT_SOURCES.exec(path);
    if (source) return eventSources.handle(source.groups?.uuid || undefined, request);
    for (const [routeMethod, pattern, route] of ROUTES) {
      const match = routeMethod === method ? pattern.exec(path) : null;
      if (match) return route(decoded(match.groups), request, controlContext);
    }
    return undefined;
  };

  return {
    logService: createLogService({ ...options, logs }),
    resolve: registry.resolve,
    invoke: concurrency.invoke,
    attach(made) {
      attached = made;
    },
    async handle(request) {
      try {
        return await dispatch(request);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        return restJsonError(error);
      }
    },
    async resume() {
      asynchronous.resume();
      await eventSources.resume();
    },
    async close() {
      await eventSources.close();
      asynchronous.close();
      await pool.close();
      await logs.flush();
    },
  };
}

function decoded(groups: Record<string, string> | undefined): Parameters {
  try {
    return Object.fromEntries(Object.entries(groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    throw errors.invalid("The path is not percent-encoded as it should be.");
  }
}
