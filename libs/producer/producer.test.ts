import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { names } from "#deployment";
import { executionOf } from "#intake";
import { defineContract } from "#workflow";
import { startServices } from "../../test/support/services.ts";
import { inBatches, sendBatch } from "./batches.ts";
import { createProducer } from "./index.ts";

const orders = defineContract({
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
  input: z.strictObject({ order: z.strictObject({ id: z.string(), amount: z.int().positive() }), note: z.string() }),
  result: z.unknown(),
  executionTimeoutSeconds: 60,
  retentionDays: 1,
  function: { memoryMb: 128, timeoutSeconds: 10 },
  reviews: {},
  permissions: { read: ["orders/inputs/"], write: [], mail: false },
  budget: { operations: 10, bytes: 1_000 },
});
const orderOf = (id: string, amount = 1) => ({ order: { id, amount }, note: "Émile" });

let services: Awaited<ReturnType<typeof startServices>>;
let QueueUrl: string | undefined;
beforeAll(async () => {
  services = await startServices();
  ({ QueueUrl } = await services.sqs.createQueue({ QueueName: names.queue("orders") }));
});
afterAll(() => services.close());

const producer = createProducer({ orders }, { source: "/shop" });

/** Takes all that lies on the queue, as data. */
async function taken() {
  const events: Record<string, unknown>[] = [];
  for (;;) {
    const { Messages = [] } = await services.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    if (Messages.length === 0) return events;
    for (const { Body = "", ReceiptHandle } of Messages) {
      events.push(JSON.parse(Body));
      await services.sqs.deleteMessage({ QueueUrl, ReceiptHandle });
    }
  }
}

test("an input goes out as a CloudEvent 1.0, and its execution is known at once; the same again is the same event", async () => {
  const one = await producer.start("orders", orderOf("O-1"));
  const again = await producer.start("orders", orderOf("O-1"));
  expect(one.execution).toBe(executionOf(orders, orderOf("O-1"), { businessKey: "order.id" }));
  expect(again.execution).toBe(one.execution);
  const [first, second] = await taken();
  expect(first).toEqual({
    specversion: "1.0",
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    source: "/shop",
    type: "shop.order.placed",
    time: expect.stringMatching(/Z$/),
    datacontenttype: "application/json",
    data: orderOf("O-1"),
  });
  expect(second?.id).toBe(first?.id);
});

test("a signal reaches the execution of its business key", async () => {
  const { execution } = await producer.signal("orders", "changed", { order: "O-1", amount: 2 });
  expect(execution).toBe((await producer.start("orders", orderOf("O-1"))).execution);
  expect((await taken()).map(({ type }) => type)).toEqual(["shop.order.changed", "shop.order.placed"]);
});

test("what the contract does not take is refused before it leaves, by its field and without its value", async () => {
  const refused = producer.start("orders", orderOf("O-2", -77));
  await expect(refused).rejects.toMatchObject({ code: "EVENT_INVALID", field: "data.order.amount" });
  await expect(refused).rejects.not.toThrow("77");
  const huge = producer.start("orders", { ...orderOf("O-3"), note: "x".repeat(1_048_576) });
  await expect(huge).rejects.toThrow(/at most 1048576 bytes/);
  expect(await taken()).toEqual([]);
});

test("of many each is answered in order, and one that is invalid stops no other", async () => {
  const inputs = Array.from({ length: 25 }, (_, index) => orderOf(`M-${index}`, index === 12 ? 0 : 1));
  const outcomes = await producer.startAll("orders", inputs);
  expect(outcomes.map(({ sent }) => sent)).toEqual(inputs.map((_, index) => index !== 12));
  expect(outcomes[12]).toMatchObject({ error: { code: "EVENT_INVALID" } });
  expect(new Set((await taken()).map(({ data }) => (data as ReturnType<typeof orderOf>).order.id)).size).toBe(24);
});

test("where there is no queue that is said, at once and for each", async () => {
  const nowhere = createProducer({ orders }, { source: "/shop", queueUrl: () => `${QueueUrl}-none` });
  await expect(nowhere.start("orders", orderOf("O-4"))).rejects.toMatchObject({ retryable: false });
});

test("a workflow without events, and a contract under another's name, are mistakes at the start", () => {
  const uploaded = { ...orders, triggers: [{ kind: "bucket" as const, prefix: "orders/", maxBytes: 1 }] };
  expect(() => createProducer({ orders: uploaded }, { source: "/shop" })).toThrow("upload its documents");
  expect(() => createProducer({ order: orders }, { source: "/shop" })).toThrow("Expected the contract of order");
  // @ts-expect-error the input is the contract's
  const wrong = () => producer.start("orders", { id: 1 });
  // @ts-expect-error so is the name
  const unknown = () => producer.start("order", orderOf("O-5"));
  expect([wrong, unknown]).toHaveLength(2);
});

test("batches hold at most ten messages and a megabyte, in order", () => {
  const small = Array.from({ length: 23 }, (_, index) => String(index));
  expect(inBatches(small).map(({ length }) => length)).toEqual([10, 10, 3]);
  expect(inBatches(small).flat()).toEqual(small);
  const half = "ü".repeat(300_000);
  expect(inBatches([half, half, "x"]).map(({ length }) => length)).toEqual([1, 2]);
});

const soon = () => performance.now() + 30_000;

test("only what the queue did not take for its own reasons is sent again; what is the sender's fault is not", async () => {
  const asked: string[][] = [];
  const send = async (bodies: readonly string[]) => {
    asked.push([...bodies]);
    return bodies.map((body) => {
      if (body === "bad") return { code: "InvalidMessageContents", ours: true };
      return body === "busy" && asked.length < 3 ? { code: "InternalError", ours: false } : { messageId: `id-${body}` };
    });
  };
  const outcomes = await sendBatch(["good", "bad", "busy"], { send, endsAt: soon() });
  expect(asked).toEqual([["good", "bad", "busy"], ["busy"], ["busy"]]);
  expect(outcomes).toEqual([
    { sent: true, messageId: "id-good" },
    { sent: false, error: expect.objectContaining({ code: "InvalidMessageContents", retryable: false }) },
    { sent: true, messageId: "id-busy" },
  ]);
});

test("a lost request is made again, one that is not allowed is not, and none after its deadline", async () => {
  let asked = 0;
  const failing = (name: string) => async () => {
    asked += 1;
    throw Object.assign(new Error("as the test says"), { name });
  };
  const [lost] = await sendBatch(["one"], { send: failing("TimeoutError"), endsAt: soon() });
  expect([asked, lost]).toMatchObject([5, { sent: false, error: { code: "TimeoutError", retryable: true } }]);
  asked = 0;
  await sendBatch(["one"], { send: failing("AccessDenied"), endsAt: soon() });
  expect(asked).toBe(1);
  const [late] = await sendBatch(["one"], { send: failing("TimeoutError"), endsAt: performance.now() });
  expect([asked, late]).toMatchObject([1, { error: { code: "LATE" } }]);
});
