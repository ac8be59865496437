import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { EventPort } from "../core/ports.ts";
import type { Service } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import { awsJsonError, WireError } from "../core/wire-error.ts";

const Entries = z.object({
  Entries: z
    .array(
      z.object({
        Source: z.string(),
        DetailType: z.string(),
        Detail: z.string(),
        Resources: z.array(z.string()).optional(),
      }),
    )
    .min(1)
    .max(10),
});
const KEPT_EVENTS = 10_000;
const FORGET_EVERY = 100;

/** EventBridge, as far as PutEvents goes: events are kept, and go nowhere. */
export function createEvents({ store, clock }: { store: Store; clock: Clock }): {
  service: Service;
  port: EventPort;
  list(limit?: number): unknown[];
} {
  store.migrate("events", ["CREATE TABLE bus_events (seq INTEGER PRIMARY KEY, at INTEGER, event TEXT)"]);
  const keep = (event: Parameters<EventPort["put"]>[0]) => {
    const { lastInsertRowid } = store
      .sql("INSERT INTO bus_events (at, event) VALUES (?, ?)")
      .run(clock.now(), JSON.stringify(event));
    const seq = Number(lastInsertRowid);
    if (seq % FORGET_EVERY === 0) store.sql("DELETE FROM bus_events WHERE seq <= ?").run(seq - KEPT_EVENTS);
  };
  return {
    service: {
      name: "events",
      maxBodyBytes: 512 * 1024,
      async handle({ headers, body }) {
        if (headers["x-amz-target"] !== "AWSEvents.PutEvents") {
          return awsJsonError(
            new WireError(
              "UnknownOperationException",
              400,
              `The local EventBridge does not know ${headers["x-amz-target"]}.`,
            ),
          );
        }
        const parsed = Entries.safeParse(safeJson(body));
        if (!parsed.success)
          return awsJsonError(new WireError("ValidationException", 400, z.prettifyError(parsed.error)));
        const events = parsed.data.Entries.map(({ Source, DetailType, Detail, Resources = [] }) => ({
          source: Source,
          detailType: DetailType,
          detail: safeJson(Buffer.from(Detail)) ?? Detail,
          resources: Resources,
        }));
        await store.write(() => events.forEach(keep));
        const answer = { FailedEntryCount: 0, Entries: events.map(() => ({ EventId: randomUUID() })) };
        return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(answer) };
      },
      tooLarge: () =>
        awsJsonError(new WireError("RequestEntityTooLargeException", 413, "The entries are larger than 256 KB.")),
    },
    port: { put: keep },
    list: (limit = 100) =>
      store
        .sql("SELECT event FROM bus_events ORDER BY seq DESC LIMIT ?")
        .all(limit)
        .map(({ event }) => JSON.parse(String(event)) as unknown),
  };
}

function safeJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
