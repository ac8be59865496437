import type { Clock } from "../core/clock.ts";
import type { EnginePort, FunctionPort, FunctionVersion, QueuePort } from "../core/ports.ts";
import type { ServiceRequest, ServiceResponse } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import { restJsonError, WireError } from "../core/wire-error.ts";
import { createAsynchronous } from "./asynchronous.ts";
import * as control from "./control.ts";
import { createEventSources } from "./event-sources.ts";
import { type InvokeContext, invoke } from "./invoke.ts";
import { createLogs, type Logs } from "./logs.ts";
import { createPool } from "./pool.ts";
import { createRegistry, LATEST } from "./registry.ts";

export interface Functions extends FunctionPort {
  /** Lambda's HTTP API without the durable executions; undefined where the path is none of it. */
  handle(request: ServiceRequest): Promise<ServiceResponse | undefined>;
  /** The engine, which is made after this. */
  attach(engine: EnginePort): void;
  /** Goes on with what was accepted, and with the event sources. */
  resume(): Promise<void>;
  close(): Promise<void>;
  logs: Logs;
}

const BASE = "/2015-03-31/functions";
const ROUTES: readonly [method: string, path: RegExp, route: control.Route][] = [
  ["POST", /^\/2015-03-31\/functions\/?$/, control.createFunction],
  ["GET", /^\/2015-03-31\/functions\/?$/, control.listFunctions],
  ["GET", /^\/2015-03-31\/functions\/(?<name>[^/]+)$/, control.getFunction],
  ["DELETE", /^\/2015-03-31\/functions\/(?<name>[^/]+)$/, control.deleteFunction],
  ["GET", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/configuration$/, control.getConfiguration],
  ["PUT", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/configuration$/, control.updateConfiguration],
  ["PUT", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/code$/, control.updateCode],
  ["POST", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/versions$/, control.publishVersion],
  ["GET", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/versions$/, control.listVersions],
  ["POST", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/aliases$/, control.createAlias],
  ["GET", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/aliases$/, control.listAliases],
  ["GET", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/aliases\/(?<alias>[^/]+)$/, control.getAlias],
  ["PUT", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/aliases\/(?<alias>[^/]+)$/, control.updateAlias],
  ["DELETE", /^\/2015-03-31\/functions\/(?<name>[^/]+)\/aliases\/(?<alias>[^/]+)$/, control.deleteAlias],
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
}): Functions {
  const registry = createRegistry(options);
  const logs = createLogs(options);
  const pool = createPool({ ...options, logs });
  let attached: EnginePort | undefined;
  const engine = () => {
    if (!attached) throw new Error("The engine is not attached yet.");
    return attached;
  };
  const run = (target: FunctionVersion, event: unknown, requestId: string) => pool.invoke(target, { event, requestId });
  const resolve = (name: string) => {
    const [bare = "", qualifier = LATEST] = (name.split(":function:").at(-1) ?? name).split(":");
    return registry.resolve(bare, qualifier);
  };
  const asynchronous = createAsynchronous({ ...options, resolve: registry.resolve, run });
  const eventSources = createEventSources({ ...options, resolve, run });
  const controlContext: control.ControlContext = { ...options, registry, engine };
  const invokeContext: InvokeContext = { registry, engine, asynchronous, run };

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
    logs,
    resolve: registry.resolve,
    invoke: pool.invoke,
    attach(made) {
      attached = made;
    },
    async handle(request) {
      if (!request.path.startsWith(BASE) && !EVENT_SOURCES.test(request.path)) return undefined;
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

const decoded = (groups: Record<string, string> | undefined): control.Parameters =>
  Object.fromEntries(Object.entries(groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
