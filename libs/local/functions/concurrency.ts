import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { FunctionPort, FunctionVersion, Invocation, InvocationEnd } from "../core/ports.ts";
import type { Store } from "../core/store.ts";
import { parseBody } from "./configuration.ts";
import { errors } from "./errors.ts";
import { LATEST } from "./registry.ts";
import { functionOf, json, type Route } from "./route.ts";

export type Concurrency = ReturnType<typeof createConcurrency>;

/**
 * Reserved concurrency: at most so many invocations of a function, of all its versions, at a time. A synchronous one over it is
 * refused; durable, asynchronous and event source ones wait in line, as the service has them retried.
 */
export function createConcurrency({
  store,
  clock,
  invoke,
}: {
  store: Store;
  clock: Pick<Clock, "activity">;
  invoke: FunctionPort["invoke"];
}) {
  store.migrate("concurrency", [
    "CREATE TABLE reserved_concurrency (name TEXT PRIMARY KEY, reserved INTEGER) WITHOUT ROWID",
  ]);
  const reserved = new Map<string, number>();
  for (const { name, reserved: most } of store.sql("SELECT * FROM reserved_concurrency").all())
    reserved.set(String(name), Number(most));
  const running = new Map<string, number>();
  const lines = new Map<string, (() => void)[]>();
  const isFull = (name: string) => (running.get(name) ?? 0) >= (reserved.get(name) ?? Number.POSITIVE_INFINITY);
  const admit = (name: string) => {
    const line = lines.get(name) ?? [];
    while (line.length > 0 && !isFull(name)) {
      running.set(name, (running.get(name) ?? 0) + 1);
      line.shift()?.();
    }
    if (line.length === 0) lines.delete(name);
  };

  return {
    get: (name: string) => reserved.get(name),
    async set(name: string, most: number | undefined) {
      await store.write(() => {
        if (most === undefined) store.sql("DELETE FROM reserved_concurrency WHERE name = ?").run(name);
        else store.sql("INSERT OR REPLACE INTO reserved_concurrency VALUES (?, ?)").run(name, most);
      });
      if (most === undefined) reserved.delete(name);
      else reserved.set(name, most);
      admit(name);
    },
    /** @throws WireError TooManyRequestsException, at once, where the function is at its limit */
    refuseIfFull(name: string) {
      if (isFull(name)) throw errors.throttled();
    },
    /** Waits for its turn. */
    async invoke(target: FunctionVersion, invocation: Invocation): Promise<InvocationEnd> {
      const { name } = target;
      const ended = clock.activity.begin();
      if (isFull(name)) {
        await new Promise<void>((resolve) => {
          const line = lines.get(name) ?? [];
          line.push(resolve);
          lines.set(name, line);
        });
      } else running.set(name, (running.get(name) ?? 0) + 1);
      try {
        return await invoke(target, invocation);
      } finally {
        running.set(name, (running.get(name) ?? 1) - 1);
        admit(name);
        ended();
      }
    },
  };
}

const Body = z.strictObject({ ReservedConcurrentExecutions: z.int().min(0).max(1_000) });

export const putConcurrency: Route = async (parameters, { body }, { registry, concurrency }) => {
  const { name } = functionOf(parameters);
  registry.get(name, LATEST);
  const { ReservedConcurrentExecutions } = parseBody(Body, body);
  await concurrency.set(name, ReservedConcurrentExecutions);
  return json(200, { ReservedConcurrentExecutions });
};

export const getConcurrency: Route = async (parameters, _, { registry, concurrency }) => {
  const { name } = functionOf(parameters);
  registry.get(name, LATEST);
  const most = concurrency.get(name);
  return json(200, most === undefined ? {} : { ReservedConcurrentExecutions: most });
};

export const deleteConcurrency: Route = async (parameters, _, { registry, concurrency }) => {
  const { name } = functionOf(parameters);
  registry.get(name, LATEST);
  await concurrency.set(name, undefined);
  return { status: 204 };
};
