import type { SQSEvent } from "aws-lambda";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Signal } from "#signals";
import { defineContract } from "#workflow";
import { createDispatcher, type DispatcherPorts } from "./index.ts";

const contract = defineContract({
  name: "orders",
  title: "Order",
  triggers: [{ kind: "queue", eventType: "shop.order.placed", businessKey: "order.id" }],
  signals: {
    changed: {
      eventType: "shop.order.changed",
      businessKey: "order",
      payload: z.strictObject({ order: z.string(), amount: z.int().positive() }),
    },
  },
  input: z.strictObject({
    order: z.strictObject({ id: z.string().min(1), amount: z.int().positive() }),
    note: z.string().optional(),
  }),
  result: z.unknown(),
  executionTimeoutSeconds: 60,
  retentionDays: 1,
  function: { memoryMb: 128, timeoutSeconds: 10 },
  reviews: {},
  permissions: { read: ["orders/inputs/"], write: [], mail: false },
  budget: { operations: 10, bytes: 1_000 },
});

Object.assign(process.env, {
  LONGHAUL_WORKFLOW: "orders",
  LONGHAUL_FUNCTION: "longhaul-orders",
  LONGHAUL_ALIAS: "live",
  LONGHAUL_BUCKET: "longhaul-documents",
  LONGHAUL_REQUESTS_TABLE: "longhaul-requests",
  LONGHAUL_DEAD_LETTER_QUEUE_URL: "http://127.0.0.1/dead",
});

let started: Map<string, string>;
let objects: Map<string, string>;
let signals: (Signal & { execution: string })[];
let refused: { body: string; attributes: Record<string, string> }[];
beforeEach(() => {
  started = new Map();
  objects = new Map();
  refused = [];
  signals = [];
});

/** Names are as idempotent as the service makes them: by name and payload. */
const ports = {
  start: async ({ name, input }: { name: string; input: unknown }) => {
    const text = JSON.stringify(input);
    if (started.has(name) && started.get(name) !== text) return { started: false as const };
    started.set(name, text);
    return { started: true as const, arn: undefined };
  },
  bucket: {
    async putNew(key: string, body: Uint8Array | string) {
      objects.set(key, String(body));
      return true;
    },
  },
  signal: async (execution: string, signal: Signal) => {
    signals.push({ execution, ...signal });
    return { new: true };
  },
  refuse: async (body: string, attributes: Record<string, string>) => {
    refused.push({ body, attributes });
  },
} as unknown as DispatcherPorts;

const dispatch = (...bodies: string[]) =>
  createDispatcher(
    [contract],
    ports,
  )({
    Records: bodies.map((body, index) => ({ messageId: `m${index}`, body, attributes: { SentTimestamp: "0" } })),
  } as unknown as SQSEvent);

const event = (data: unknown, attributes: object = {}) =>
  JSON.stringify({ specversion: "1.0", id: "1", source: "/shop", type: "shop.order.placed", data, ...attributes });
const order = { order: { id: "Ada Lovelace's 7th", amount: 5 } };

test("an event starts one execution, under a name that tells nothing of its key", async () => {
  expect(await dispatch(event(order, { time: "2026-11-24T10:00:00+01:00", partner: "x" }))).toEqual({
    batchItemFailures: [],
  });
  const [[name, input] = []] = [...started];
  expect(name).toMatch(/^orders-[0-9a-f]{32}$/);
  expect(JSON.parse(input ?? "")).toEqual(order);
  expect(refused).toEqual([]);
});

test("the same key and payload start nothing new, whatever the event's id, source and order of fields", async () => {
  const reordered = { order: { amount: 5, id: "Ada Lovelace's 7th" } };
  await dispatch(event(order), event(reordered, { id: "2", source: "/other" }));
  expect(started.size).toBe(1);
  expect(refused).toEqual([]);
});

test("the same key with another payload is a dead letter that says so", async () => {
  await dispatch(event(order), event({ order: { ...order.order, amount: 6 } }));
  expect(started.size).toBe(1);
  expect(refused.map(({ attributes }) => attributes)).toEqual([
    expect.objectContaining({
      ErrorCode: "NAME_TAKEN",
      Field: "data.order.id",
      Received: "another payload under the same key",
    }),
  ]);
});

test.each([
  ["no JSON", "hello", { ErrorCode: "NOT_JSON", Field: "body", Received: "5 characters that are not" }],
  ["no CloudEvent", "{}", { ErrorCode: "NOT_CLOUDEVENT", Field: "specversion", Received: "nothing" }],
  ["a list", "[1]", { ErrorCode: "NOT_CLOUDEVENT", Field: "body", Received: "a list of 1" }],
  ["an older version", event(order, { specversion: "0.3" }), { Field: "specversion" }],
  ["data in another format", event(order, { datacontenttype: "text/xml" }), { Field: "datacontenttype" }],
  ["another type", event(order, { type: "shop.order.lost" }), { ErrorCode: "NOT_OURS", Field: "type" }],
  [
    "a missing field",
    event({ order: { id: "1" } }),
    { ErrorCode: "INPUT_INVALID", Field: "data.order.amount", Received: "nothing" },
  ],
  [
    "a fraction of the smallest unit",
    event({ order: { id: "1", amount: 1.5 } }),
    { Field: "data.order.amount", Expected: "int", Received: "a number with a fraction" },
  ],
  ["an amount as text", event({ order: { id: "1", amount: "secret" } }), { Received: "a text of 6 characters" }],
  [
    "an unknown field",
    event({ ...order, extra: 1 }),
    { Field: "data", Expected: "only the fields that it has", Received: "also extra" },
  ],
])("%s goes to the dead-letter queue with field, expectation and what came", async (_, body, attributes) => {
  expect(await dispatch(body)).toEqual({ batchItemFailures: [] });
  expect(refused).toEqual([{ body, attributes: expect.objectContaining(attributes) }]);
  expect(JSON.stringify(refused[0]?.attributes)).not.toContain("secret");
  expect(started.size).toBe(0);
});

test("a signal's event goes to the mailbox of its key's execution, whether it runs yet or not, and is known by source and id", async () => {
  const change = { order: "Ada Lovelace's 7th", amount: 6 };
  const type = "shop.order.changed";
  await dispatch(
    event(change, { type, id: "7" }),
    event(change, { type, id: "7" }),
    event(change, { type, source: "/other", id: "7", time: "2026-11-24T10:00:00+01:00" }),
    event(order),
  );
  const [execution] = [...started.keys()];
  expect(signals).toMatchObject([
    { execution, name: "changed", payload: change, at: "1970-01-01T00:00:00.000Z" },
    { execution, id: signals[0]?.id },
    { execution, at: "2026-11-24T09:00:00.000Z" },
  ]);
  expect(signals[2]?.id).not.toBe(signals[0]?.id);
  expect(refused).toEqual([]);
});

test("a signal that is not as the contract says goes to the dead-letter queue", async () => {
  await dispatch(event({ order: "1", amount: "6" }, { type: "shop.order.changed" }));
  expect(refused[0]?.attributes).toMatchObject({ ErrorCode: "INPUT_INVALID", Field: "data.amount" });
  expect(signals).toEqual([]);
});

test("an input over 256 KB goes to the bucket and travels by its key and hash", async () => {
  const large = { ...order, note: "ü".repeat(140_000) };
  await dispatch(event(large));
  const [[name, input] = []] = [...started];
  const { inputReference } = JSON.parse(input ?? "{}");
  expect(inputReference.key).toBe(`orders/inputs/${name}.${inputReference.sha256.slice(0, 16)}.json`);
  expect(JSON.parse(objects.get(inputReference.key) ?? "")).toEqual(large);
});

test.each([
  ["a rerun", { rerun: { of: "orders-1", taken: [{ kind: "step", name: "pay", result: 1 }] }, input: { id: 1 } }],
  [
    "a continuation",
    { continues: { first: "orders-1", of: "orders-1", part: 2 }, input: { id: 1 }, state: { paid: true } },
  ],
])(
  "no message can be %s, which says what an earlier execution did, also where the contract takes anything",
  async (what, data) => {
    const lenient = defineContract({
      ...contract,
      triggers: [{ kind: "queue", eventType: "shop.order.placed", businessKey: "input.id" }],
      signals: {},
      input: z.unknown(),
    });
    const record = { messageId: "m", body: event(data), attributes: { SentTimestamp: "0" } };
    await createDispatcher([lenient], ports)({ Records: [record] } as unknown as SQSEvent);
    expect(started.size).toBe(0);
    expect(refused[0]?.attributes).toMatchObject({ ErrorCode: "INPUT_INVALID", Received: what });
  },
);
