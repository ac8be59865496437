import type { Clock } from "../core/clock.ts";
import type { QueuePort } from "../core/ports.ts";
import type { Store } from "../core/store.ts";

const BATCH = 500;

/** Events on their way to queues: they wait in a table from the transaction that made them until they are sent, at least once. */
export function createDeliveries({
  store,
  clock,
  queues,
}: {
  store: Store;
  clock: Clock;
  queues: Pick<QueuePort, "send" | "exists">;
}) {
  let sending: Promise<void> | undefined;
  let isWanted = false;
  let closed = false;
  const sendAll = async () => {
    for (;;) {
      const rows = store.sql("SELECT seq, queue, body FROM bus_deliveries ORDER BY seq LIMIT ?").all(BATCH);
      if (rows.length === 0 || closed) return;
      // A queue that is gone takes nothing, as in the service.
      await Promise.all(
        rows
          .filter(({ queue }) => queues.exists(String(queue)))
          .map(({ queue, body }) => queues.send(String(queue), { body: String(body) })),
      );
      await store.write(() => {
        for (const { seq } of rows) store.sql("DELETE FROM bus_deliveries WHERE seq = ?").run(Number(seq));
      });
    }
  };
  const send = async () => {
    const ended = clock.activity.begin();
    try {
      while (isWanted) {
        isWanted = false;
        await sendAll();
      }
    } catch (error) {
      // They stay, and are tried again with the next.
      console.error(error);
    } finally {
      sending = undefined;
      ended();
    }
  };
  const flush = () => {
    if (closed) return;
    isWanted = true;
    sending ??= send();
  };
  return {
    /** Within a transaction: it is sent once that is committed. */
    add(queue: string, body: string) {
      store.sql("INSERT INTO bus_deliveries (queue, body) VALUES (?, ?)").run(queue, body);
      setImmediate(flush);
    },
    /** Sends what a process before has left. */
    resume: flush,
    async close() {
      closed = true;
      await sending;
    },
  };
}
