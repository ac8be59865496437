import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { EventPort, QueuePort } from "../core/ports.ts";
import type { Service } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import { awsJsonError, WireError } from "../core/wire-error.ts";
import { createDeliveries } from "./deliveries.ts";
import { createRules, PutRule, PutTargets } from "./rules.ts";

const PutEvents = z.object({
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

export interface EventsOptions {
  store: Store;
  clock: Clock;
  region: string;
  account: string;
  queues: Pick<QueuePort, "send" | "exists">;
}

/** EventBridge's default bus: PutEvents, and rules whose targets are queues. What is on the bus is kept for a while. */
export function createEvents({ store, clock, region, account, queues }: EventsOptions): {
  service: Service;
  port: EventPort;
  list(limit?: number): unknown[];
  resume(): void;
  close(): Promise<void>;
} {
  store.migrate("events", [
    "CREATE TABLE bus_events (seq INTEGER PRIMARY KEY, at INTEGER, event TEXT)",
    "CREATE TABLE bus_rules (name TEXT PRIMARY KEY, pattern TEXT, targets TEXT) WITHOUT ROWID",
    "CREATE TABLE bus_deliveries (seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT, body TEXT)",
  ]);
  const rules = createRules(store);
  const deliveries = createDeliveries({ store, clock, queues });
  const keep = (event: Parameters<EventPort["put"]>[0]) => {
    const { source, detailType, detail, resources = [] } = event;
    const { lastInsertRowid } = store
      .sql("INSERT INTO bus_events (at, event) VALUES (?, ?)")
      .run(clock.now(), JSON.stringify(event));
    const seq = Number(lastInsertRowid);
    if (seq % FORGET_EVERY === 0) store.sql("DELETE FROM bus_events WHERE seq <= ?").run(seq - KEPT_EVENTS);
    const time = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
    const envelope = { version: "0", id: randomUUID(), "detail-type": detailType, source, account, time, region };
    const whole = { ...envelope, resources, detail };
    for (const queue of rules.queuesFor(whole)) deliveries.add(queue, JSON.stringify(whole));
  };

  const actions: Readonly<Record<string, (body: Buffer) => Promise<object>>> = {
    async PutEvents(body) {
      const events = parse(PutEvents, body).Entries.map(({ Source, DetailType, Detail, Resources = [] }) => ({
        source: Source,
        detailType: DetailType,
        detail: safeJson(Buffer.from(Detail)) ?? Detail,
        resources: Resources,
      }));
      await store.write(() => events.forEach(keep));
      return { FailedEntryCount: 0, Entries: events.map(() => ({ EventId: randomUUID() })) };
    },
    async PutRule(body) {
      const rule = parse(PutRule, body);
      await rules.put(rule);
      return { RuleArn: `arn:aws:events:${region}:${account}:rule/${rule.Name}` };
    },
    async PutTargets(body) {
      await rules.target(parse(PutTargets, body));
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  };

  return {
    service: {
      name: "events",
      maxBodyBytes: 512 * 1024,
      async handle({ headers, body }) {
        try {
          const action = actions[(headers["x-amz-target"] ?? "").replace(/^AWSEvents\./, "")];
          if (!action) {
            const message = `The local EventBridge does not know ${headers["x-amz-target"]}.`;
            throw new WireError("UnknownOperationException", 400, message);
          }
          const answer = await action(body);
          const type = { "content-type": "application/x-amz-json-1.1" };
          return { status: 200, headers: type, body: JSON.stringify(answer) };
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
          return awsJsonError(error);
        }
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
    resume: deliveries.resume,
    close: deliveries.close,
  };
}

function parse<T extends z.ZodType>(schema: T, body: Buffer): z.infer<T> {
  const parsed = schema.safeParse(safeJson(body));
  if (!parsed.success) throw new WireError("ValidationException", 400, z.prettifyError(parsed.error));
  return parsed.data;
}

function safeJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
