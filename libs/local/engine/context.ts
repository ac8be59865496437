import type { Clock } from "../core/clock.ts";
import type { EventPort, ExecutionEnd, FunctionPort, QueuePort } from "../core/ports.ts";
import type { Store } from "../core/store.ts";
import { errors } from "./errors.ts";
import type { Execution, Journal } from "./execution.ts";
import type { Tables } from "./tables.ts";

export interface EngineOptions {
  store: Store;
  clock: Clock;
  functions: FunctionPort;
  queues?: Pick<QueuePort, "send">;
  events?: EventPort;
  region: string;
  account: string;
}

export type EngineContext = ReturnType<typeof createContext>;

/** What the engine's parts share: executions in memory, transactions on one of them, those who wait for an end. */
export function createContext(options: EngineOptions & { tables: Tables }) {
  const { store, tables } = options;
  const cache = new Map<string, Execution>();
  const waiters = new Map<string, ((end: ExecutionEnd) => void)[]>();

  const load = (arn: string): Execution => {
    const execution = cache.get(arn) ?? tables.load(arn);
    if (!execution) throw errors.notFound(`Durable execution: ${arn}`);
    cache.set(arn, execution);
    return execution;
  };

  return {
    ...options,
    load,
    remember: (execution: Execution) => void cache.set(execution.record.arn, execution),
    forget: (arn: string) => void cache.delete(arn),
    cached: () => cache.size,
    waiters,
    closed: false,
    /** After a commit that starts chained invocations. */
    onChained: (_arn: string): void => undefined,
    /** After a commit that may have ended an execution. */
    onEnded: (): void => undefined,
    /**
     * Changes one execution in a transaction. What `work` throws takes its writes back, and memory is dropped with them: it
     * is never ahead of the disk.
     */
    async change<T>(arn: string, work: (execution: Execution, journal: Journal) => T): Promise<T> {
      try {
        return await store.write(() => {
          try {
            const execution = load(arn);
            const value = work(execution, tables.journal(execution));
            tables.save(execution.record);
            return value;
          } catch (error) {
            cache.delete(arn);
            throw error;
          }
        });
      } catch (error) {
        cache.delete(arn);
        throw error;
      }
    },
  };
}
