import type { Clock } from "../core/clock.ts";
import type { FunctionVersion, InvocationEnd, QueuePort } from "../core/ports.ts";
import type { Store } from "../core/store.ts";

/** Lambda tries an asynchronous invocation again after a minute, and after two more. */
const RETRY_AFTER_MS = [60_000, 120_000];
const AGAIN_MS = 1_000;

export type Asynchronous = ReturnType<typeof createAsynchronous>;

/** Accepted invocations of plain functions: kept until they have succeeded, or have gone to the dead-letter queue. */
export function createAsynchronous(options: {
  store: Store;
  clock: Clock;
  queues: Pick<QueuePort, "send">;
  resolve: (name: string, version: string) => FunctionVersion | undefined;
  run: (target: FunctionVersion, event: unknown, requestId: string) => Promise<InvocationEnd>;
}) {
  const { store, clock, queues, resolve, run } = options;
  store.migrate("async-invocations", [
    "CREATE TABLE async_invocations (id TEXT PRIMARY KEY, name TEXT, version TEXT, event TEXT, attempts INTEGER DEFAULT 0, due_at INTEGER) WITHOUT ROWID",
  ]);
  const cancels = new Map<string, () => void>();
  let closed = false;
  const done = (id: string) => store.write(() => void store.sql("DELETE FROM async_invocations WHERE id = ?").run(id));

  const attempt = async (id: string) => {
    cancels.delete(id);
    const row = store.sql("SELECT * FROM async_invocations WHERE id = ?").get(id);
    const target = row && resolve(String(row.name), String(row.version));
    if (!row || closed) return;
    // Its function was deleted meanwhile.
    if (!target) return done(id);
    const end = await run(target, JSON.parse(String(row.event)), id);
    if (closed) return;
    if (end.kind === "answer") return done(id);
    const attempts = Number(row.attempts) + 1;
    const wait = RETRY_AFTER_MS[attempts - 1];
    if (wait === undefined) {
      const attributes = {
        RequestID: id,
        ErrorCode: "200",
        ErrorMessage: (end.error.ErrorMessage ?? "").slice(0, 1_024),
      };
      if (target.deadLetterArn) await queues.send(target.deadLetterArn, { body: String(row.event), attributes });
      return done(id);
    }
    const due = clock.now() + wait;
    await store.write(
      () => void store.sql("UPDATE async_invocations SET attempts = ?, due_at = ? WHERE id = ?").run(attempts, due, id),
    );
    arm(id, due);
  };
  /** What cannot be done now (a full disk) is tried again until it can be, or the process ends. */
  const patiently = (id: string): Promise<void> =>
    attempt(id).catch(() => {
      if (closed) return;
      const again = setTimeout(() => void patiently(id), AGAIN_MS);
      cancels.set(id, () => clearTimeout(again));
    });
  const arm = (id: string, due: number) => {
    if (closed) return;
    cancels.set(
      id,
      clock.at(due, () => patiently(id)),
    );
  };

  return {
    /** Durable when it resolves. */
    async accept(target: FunctionVersion, { requestId, event }: { requestId: string; event: string }) {
      const now = clock.now();
      await store.write(() => {
        store
          .sql("INSERT INTO async_invocations (id, name, version, event, due_at) VALUES (?, ?, ?, ?, ?)")
          .run(requestId, target.name, target.version, event, now);
      });
      arm(requestId, now);
    },
    resume() {
      for (const { id, due_at } of store.sql("SELECT id, due_at FROM async_invocations").all())
        arm(String(id), Number(due_at));
    },
    close() {
      closed = true;
      for (const cancel of cancels.values()) cancel();
    },
  };
}
