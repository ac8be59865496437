import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { FunctionVersion, InvocationEnd, QueueMessage, QueuePort } from "../core/ports.ts";
import type { ServiceRequest, ServiceResponse } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import { parseBody } from "./configuration.ts";
import { json } from "./control.ts";
import { errors } from "./errors.ts";

const Settings = z.strictObject({
  BatchSize: z.int().min(1).max(10_000).default(10),
  MaximumBatchingWindowInSeconds: z.int().min(0).max(300).default(0),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int().min(2).max(1_000).optional() }).default({}),
  Enabled: z.boolean().default(true),
});
const Create = Settings.extend({ FunctionName: z.string(), EventSourceArn: z.string() });
const Mapping = Create.extend({ UUID: z.string(), modifiedAt: z.number() });
type Mapping = z.infer<typeof Mapping>;

/** Local handlers share two cores; Lambda begins with five pollers. */
const DEFAULT_CONCURRENCY = 2;

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
  const { store, clock, queues, region, account, resolve, run } = options;
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
    if (mapping.Enabled && queues.exists(mapping.EventSourceArn))
      pollers.set(mapping.UUID, poll(mapping, { clock, queues, region, resolve, run }));
  };

  return {
    async handle(uuid: string | undefined, { method, body, query }: ServiceRequest): Promise<ServiceResponse> {
      if (uuid === undefined && method === "GET") {
        const wanted = (mapping: Mapping) =>
          (query.get("EventSourceArn") ?? mapping.EventSourceArn) === mapping.EventSourceArn &&
          (query.get("FunctionName") ?? mapping.FunctionName) === mapping.FunctionName;
        return json(200, { EventSourceMappings: all().filter(wanted).map(wire) });
      }
      if (uuid === undefined) return create(body);
      const mapping = get(uuid);
      if (method === "GET") return json(200, wire(mapping));
      await stop(uuid);
      if (method === "DELETE") {
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
      await save(next);
      await start(next);
      return json(202, wire(next));
    },
    async resume() {
      for (const mapping of all()) await start(mapping);
    },
    async close() {
      await Promise.all([...pollers.keys()].map(stop));
    },
  };

  async function create(body: Buffer): Promise<ServiceResponse> {
    const settings = parseBody(Create, body);
    if (!queues.exists(settings.EventSourceArn))
      throw errors.invalid(`The event source arn ("${settings.EventSourceArn}") is no queue of the local SQS.`);
    if (!resolve(settings.FunctionName)) throw errors.notFound(`Function: ${settings.FunctionName}`);
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

/** Polls until the answered function is called, which waits for the batches under way. */
function poll(
  mapping: Mapping,
  { clock, queues, region, resolve, run }: Pick<EventSourcesOptions, "clock" | "queues" | "region" | "resolve" | "run">,
): () => Promise<void> {
  const { EventSourceArn: arn, BatchSize, FunctionName, FunctionResponseTypes, ScalingConfig } = mapping;
  const most = ScalingConfig.MaximumConcurrency ?? DEFAULT_CONCURRENCY;
  const underway = new Set<Promise<void>>();
  let stopped = false;

  const deliver = async (messages: QueueMessage[]) => {
    const target = resolve(FunctionName);
    if (!target) return;
    const end = await run(
      target,
      { Records: messages.map((message) => toRecord(message, { arn, region })) },
      randomUUID(),
    );
    const failed = failures(end, FunctionResponseTypes.length > 0);
    const done = failed && messages.filter(({ messageId }) => !failed.has(messageId));
    if (done && done.length > 0)
      await queues.delete(
        arn,
        done.map(({ receiptHandle }) => receiptHandle),
      );
  };
  // A batch that cannot be delivered comes again when its visibility timeout ends.
  let pumping = false;
  let again = false;
  const pump = async () => {
    again = true;
    if (pumping) return;
    pumping = true;
    const ended = clock.activity.begin();
    while (again && !stopped) {
      again = false;
      while (!stopped && underway.size < most) {
        const messages = await queues.receive(arn, BatchSize);
        if (messages.length === 0) break;
        const batch: Promise<void> = deliver(messages)
          .catch(() => undefined)
          .finally(() => {
            underway.delete(batch);
            void pump();
          });
        underway.add(batch);
      }
    }
    pumping = false;
    ended();
  };
  const unwatch = queues.watch(arn, () => void pump());
  void pump();
  return async () => {
    stopped = true;
    unwatch();
    await Promise.race([Promise.all(underway), new Promise((resolve) => setTimeout(resolve, 2_000))]);
  };
}

/** The ids that failed; undefined where the whole batch did. */
function failures(end: InvocationEnd, isPartial: boolean): Set<string> | undefined {
  if (end.kind !== "answer") return undefined;
  if (!isPartial) return new Set();
  const Answer = z
    .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
    .nullable();
  const parsed = Answer.safeParse(JSON.parse(end.payload));
  return parsed.success
    ? new Set(parsed.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier))
    : undefined;
}

const toRecord = (message: QueueMessage, { arn, region }: { arn: string; region: string }) => ({
  messageId: message.messageId,
  receiptHandle: message.receiptHandle,
  body: message.body,
  attributes: message.attributes,
  messageAttributes: message.messageAttributes,
  md5OfBody: message.md5OfBody,
  eventSource: "aws:sqs",
  eventSourceARN: arn,
  awsRegion: region,
});
