import { z } from "zod";
import type { EngineContext } from "./context.ts";

const Event = z.object({
  source: z.string(),
  detailType: z.string(),
  detail: z.unknown(),
  resources: z.array(z.string()).optional(),
});
const DeadLetter = z.object({ queue: z.string(), body: z.string(), attributes: z.record(z.string(), z.string()) });

/** Status events and dead letters wait in a table from the transaction that they belong to until they are sent: at least once. */
export function createOutbox({ tables, store, queues, events }: EngineContext) {
  let sending: Promise<void> = Promise.resolve();
  const send = async (kind: string, body: unknown) => {
    if (kind === "event") {
      const { resources, ...event } = Event.parse(body);
      await events?.put({ ...event, ...(resources && { resources }) });
      return;
    }
    const { queue, ...message } = DeadLetter.parse(body);
    await queues?.send(queue, message);
  };
  const sendAll = async () => {
    for (const { seq, kind, body } of tables.outbox()) {
      await send(kind, body);
      await store.write(() => tables.removeOutbox(seq));
    }
  };
  return {
    /** Sends what waits; what cannot be sent now waits for the next time. */
    flush(): Promise<void> {
      sending = sending.then(sendAll).catch(() => undefined);
      return sending;
    },
  };
}
