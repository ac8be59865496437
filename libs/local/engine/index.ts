import type { EnginePort } from "../core/ports.ts";
import type { ServiceRequest, ServiceResponse } from "../core/service.ts";
import { createChained } from "./chained.ts";
import { createContext, type EngineOptions } from "./context.ts";
import { createOutbox } from "./outbox.ts";
import { type RouteContext, route } from "./routes.ts";
import { createRunner } from "./runner.ts";
import { createScheduler } from "./scheduler.ts";
import { start } from "./start.ts";
import { createTables } from "./tables.ts";

export interface Engine extends EnginePort {
  /** The durable-execution API; undefined where the path is none of it. */
  handle(request: ServiceRequest): Promise<ServiceResponse | undefined>;
  /** At the process's start: lost invocations are repeated, timers armed, what is overdue fired. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

/** Lambda's durable executions on one SQLite file: every acknowledged change is on disk, every timer a row. */
export function createEngine(options: EngineOptions): Engine {
  const tables = createTables(options.store);
  const context = createContext({ ...options, tables });
  const outbox = createOutbox(context);
  const changed = () => {
    scheduler.arm();
    void outbox.flush();
  };
  const runner = createRunner(context, changed);
  const scheduler = createScheduler(context, runner.wake);
  const chained = createChained(context, runner.wake);
  context.onChained = chained.run;
  context.onEnded = () => void outbox.flush();
  const routeContext: RouteContext = Object.assign(context, { wake: runner.wake, changed });

  return {
    async start(target, request) {
      const { arn, isNew, end } = await start(context, target, request);
      if (isNew) runner.wake(arn);
      return { arn, end };
    },
    running: tables.running,
    handle: (request) => route(request, routeContext),
    async resume() {
      for (const arn of tables.interrupted()) {
        await context.change(arn, runner.lose);
        runner.wake(arn);
      }
      chained.run();
      await scheduler.fireDue();
      await outbox.flush();
    },
    async close() {
      context.closed = true;
      scheduler.close();
      await outbox.flush();
    },
  };
}
