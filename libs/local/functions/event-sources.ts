import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { FunctionVersion, InvocationEnd, QueuePort } from "../core/ports.ts";
import type { ServiceRequest, ServiceResponse } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import { parseBody } from "./configuration.ts";

import { errors } from "./errors.ts";
import { paged } from "./paging.ts";
import { poll } from "./poller.ts";
import { json } from "./route.ts";

const Settings = z.strictObject({
  BatchSize: z.int().min(1).max(10_000).default(10),
  MaximumBatchingWindowInSeconds: z.int().min(0).max(300).default(0),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int().min(2).max(1_000).optional() }).default({}),
  Enabled: z.boolean().default(true),
});
const Create = Settings.extend({ FunctionName: z.string(), EventSourceArn: z.string() });
/** A mapping as it is stored. */
export const Mapping = Create.extend({ UUID: z.string(), modifiedAt: z.number() });
export type Mapping = z.infer<typeof Mapping>;

export interface EventSourcesOptions {
  store: Store;
  clock: Clock;
  queues: QueuePort;
  region: string;
  account: string;
  resolve: (name: string) => FunctionVersion | undefined;
  run: (target: FunctionVersion, event: unknown, requestId: string) => Promise<InvocationEnd>;
}

/** Event source mappings of SQS queues: batches to a function; what it does not report as failed is deleted. */
export function createEventSources(options: EventSourcesOptions) {
  const { store, clock, queues, region, account, resolve } = options;
  store.migrate("event-sources", ["CREATE TABLE event_sources (uuid TEXT PRIMARY KEY, mapping TEXT) WITHOUT ROWID"]);
  const pollers = new Map<string, () => Promise<void>>();
  const all = (): Mapping[] =>
    store
      .sql("SELECT mapping FROM event_sources")
      .all()
      .map(({ mapping }) => Mapping.parse(JSON.parse(String(mapping))));
  const get = (uuid: string) => {
    const mapping = all().find(({ UUID }) => UUID === uuid);
    if (!mapping) throw errors.notFound("The resource you requested does not exist: event source mapping");
    return mapping;
  };
  const save = (mapping: Mapping) =>
    store.write(
      () =>
        void store.sql("INSERT OR REPLACE INTO event_sources VALUES (?, ?)").run(mapping.UUID, JSON.stringify(mapping)),
    );
  const wire = ({ FunctionName, modifiedAt, Enabled, ...mapping }: Mapping) => ({
    ...mapping,
    FunctionArn: `arn:aws:lambda:${region}:${account}:function:${FunctionName}`,
    LastModified: modifiedAt / 1_000,
    State: Enabled ? "Enabled" : "Disabled",
  });
  const stop = async (uuid: string) => {
    await pollers.get(uuid)?.();
    pollers.delete(uuid);
  };
  const start = async (mapping: Mapping) => {
    await stop(mapping.UUID);
    if (mapping.Enabled && queues.exists(mapping.EventSourceArn)) pollers.set(mapping.UUID, poll(mapping, options));
  };

  return {
    async handle(uuid: string | undefined, { method, body, query }: ServiceRequest): Promise<ServiceResponse> {
      if (uuid === undefined && method === "GET") {
        const wanted = (mapping: Mapping) =>
          (query.get("EventSourceArn") ?? mapping.EventSourceArn) === mapping.EventSourceArn &&
          (query.get("FunctionName") ?? mapping.FunctionName) === mapping.FunctionName;
        const { page, ...rest } = paged(all().filter(wanted), query, { key: ({ UUID }) => UUID, most: 100 });
        return json(200, { EventSourceMappings: page.map(wire), ...rest });
      }
      if (uuid === undefined) return create(body);
      const mapping = get(uuid);
      if (method === "GET") return json(200, wire(mapping));
      if (method === "DELETE") {
        await stop(uuid);
        await store.write(() => void store.sql("DELETE FROM event_sources WHERE uuid = ?").run(uuid));
        return json(202, { ...wire(mapping), State: "Deleting" });
      }
      const given = JSON.parse(body.toString() || "{}") as object;
      const change = parseBody(Create.partial().extend({ UUID: z.string().optional() }), body);
      const next = {
        ...mapping,
        ...Object.fromEntries(Object.entries(change).filter(([member]) => member in given)),
        modifiedAt: clock.now(),
      };
      check(next);
      await save(next);
      await start(next);
      return json(202, wire(next));
    },
    /** What the process before had received and not finished is received again at once: a queue that feeds a function is read by nobody else. */
    async resume() {
      for (const mapping of all()) {
        if (mapping.Enabled && queues.exists(mapping.EventSourceArn)) await queues.release(mapping.EventSourceArn);
        await start(mapping);
      }
    },
    async close() {
      await Promise.all([...pollers.keys()].map(stop));
    },
  };

  function check({ BatchSize, MaximumBatchingWindowInSeconds, FunctionName }: z.infer<typeof Create>) {
    if (BatchSize > 10 && MaximumBatchingWindowInSeconds === 0) {
      throw errors.invalid(
        "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
      );
    }
    if (!resolve(FunctionName)) throw errors.notFound(`Function: ${FunctionName}`);
  }

  async function create(body: Buffer): Promise<ServiceResponse> {
    const settings = parseBody(Create, body);
    check(settings);
    if (!queues.exists(settings.EventSourceArn))
      throw errors.invalid(`The event source arn ("${settings.EventSourceArn}") is no queue of the local SQS.`);
    const twin = all().find(
      ({ FunctionName, EventSourceArn }) =>
        FunctionName === settings.FunctionName && EventSourceArn === settings.EventSourceArn,
    );
    if (twin)
      throw errors.conflict(
        `An event source mapping with SQS arn and function exists already, its UUID is ${twin.UUID}`,
      );
    const mapping = { ...settings, UUID: randomUUID(), modifiedAt: clock.now() };
    await save(mapping);
    await start(mapping);
    return json(202, wire(mapping));
  }
}
