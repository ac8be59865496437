import type { EnginePort } from "../core/ports.ts";
import type { ServiceRequest, ServiceResponse } from "../core/service.ts";
import { createChained } from "./chained.ts";
import { createContext, type EngineOptions } from "./context.ts";
import { stopNow } from "./ending.ts";
import { loseInvocation } from "./invocation.ts";
import { createOutbox } from "./outbox.ts";
import { route } from "./routes.ts";
import { createRunner } from "./runner.ts";
import { createScheduler } from "./scheduler.ts";
import { start } from "./start.ts";

export type { EngineOptions } from "./context.ts";

export interface EngineStats {
  /** Executions that are RUNNING, asleep or not. */
  running: number;
  /** Executions whose handler is invoked now. */
  invoked: number;
  /** Executions that are due and wait for others to make room. */
  waiting: number;
  /** Executions that are held in memory. */
  loaded: number;
}

export interface Engine extends EnginePort {
  /** The durable-execution API; undefined where the path is none of it. */
  handle(request: ServiceRequest): Promise<ServiceResponse | undefined>;
  /** At the process's start: what is overdue fires in order of time, timers are armed, lost invocations are made again. */
  resume(): Promise<void>;
  /** Begins nothing new and waits for what is being written. What handlers still do is lost, as in a crash. */
  close(): Promise<void>;
  stats(): EngineStats;
}

/** Lambda's durable executions on one SQLite file: every acknowledged change is on disk, every timer a row. */
export function createEngine(options: EngineOptions): Engine {
  const context = createContext(options);
  const { tables, transactions, store } = context;
  const outbox = createOutbox(context);
  const runner = createRunner(context);
  const scheduler = createScheduler(context);
  const chained = createChained(context);
  const { hooks } = transactions;
  hooks.settle = runner.settle;
  hooks.timerSet = scheduler.timerSet;
  hooks.chainedInvoke = chained.invoke;
  hooks.posted = () => void outbox.flush();

  return {
    start: (target, request) => start(context, target, request),
    running: tables.running,
    async stopAll(name, version) {
      const arns = tables.runningArns(name, version);
      const error = { ErrorType: "Execution.Stopped", ErrorMessage: `The function ${name} was deleted.` };
      await Promise.all(arns.map((arn) => transactions.change(arn, (change) => stopNow(context, change, error))));
      return arns.length;
    },
    handle: (request) => route(context, request),
    async resume() {
      runner.hold();
      const lost = tables.inState("invoked");
      await Promise.all(lost.map((arn) => transactions.change(arn, (change) => loseInvocation(context, change))));
      await scheduler.fireDue();
      runner.release(tables.inState("due"));
      chained.resume();
      await outbox.flush();
    },
    async close() {
      context.closed = true;
      await scheduler.close();
      // Writes are made in order: behind this one none is left.
      await store.write(() => undefined);
      await outbox.close();
    },
    stats: () => ({ running: tables.running(), ...runner.stats(), loaded: transactions.loaded() }),
  };
}
