import { createHash } from "node:crypto";
import type { SQSEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { subjectOfKey } from "#executions";
import { type Bucket, createTable, ObjectNotFoundError } from "#platform";
import { type Contract, defineContract } from "#workflow";
import { startTables } from "../../test/support/tables.ts";
import { createDispatcher, createRequests, DocumentInput } from "./index.ts";

const contract = defineContract({
  name: "training",
  title: "Training request",
  triggers: [{ kind: "bucket", prefix: "training/requests/", maxBytes: 100 }],
  input: DocumentInput,
  result: z.unknown(),
  executionTimeoutSeconds: 60,
  retentionDays: 1,
  function: { memoryMb: 128, timeoutSeconds: 10 },
  reviews: {},
  permissions: { read: [], write: [], mail: false },
  budget: { operations: 10, bytes: 1_000 },
});

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
  Object.assign(process.env, {
    LONGHAUL_WORKFLOW: "training",
    LONGHAUL_FUNCTION: "longhaul-training",
    LONGHAUL_ALIAS: "live",
    LONGHAUL_BUCKET: "longhaul-documents",
    LONGHAUL_REQUESTS_TABLE: "longhaul-requests",
    LONGHAUL_DEAD_LETTER_QUEUE_URL: "http://127.0.0.1/dead",
  });
});
afterAll(() => tables.close());

interface Start {
  functionName: string;
  qualifier: string;
  name: string;
  input: unknown;
}

let objects: Map<string, Uint8Array>;
let started: Map<string, string>;
let starts: Start[];
let about: (arn: string, subject: string) => Promise<void>;
let refused: { body: string; attributes: Record<string, string> }[];
let failing: boolean;
let sequence = 0;
let source: string;

beforeEach(() => {
  objects = new Map();
  started = new Map();
  starts = [];
  about = async () => undefined;
  refused = [];
  failing = false;
  source = `training/requests/${++sequence} a+b ü%.md`;
});

const bucket: Bucket = {
  head: async (key) => ({ size: found(key).byteLength, etag: createHash("md5").update(found(key)).digest("hex") }),
  get: async (key) => ({ body: found(key), contentType: undefined }),
  async putNew(key, body) {
    if (objects.has(key)) return false;
    objects.set(key, Buffer.from(body));
    return true;
  },
};

function found(key: string) {
  const body = objects.get(key);
  if (!body) throw new ObjectNotFoundError();
  return body;
}

/** Names are as idempotent as the service makes them. */
async function start(target: Start) {
  if (failing) throw new Error("throttled");
  const input = JSON.stringify(target.input);
  if (started.has(target.name) && started.get(target.name) !== input) return { started: false as const };
  if (!started.has(target.name)) starts.push(target);
  started.set(target.name, input);
  return { started: true as const, arn: `arn:${target.name}` };
}

const dispatch = (...bodies: string[]) => dispatchFor(contract, bodies);

const dispatchFor = (of: Contract, bodies: string[]) => {
  const dispatcher = createDispatcher([of], {
    bucket,
    requests: createRequests(createTable("longhaul-requests")),
    start,
    signal: () => Promise.reject(new Error("An upload is no signal.")),
    about: (arn, subject) => about(arn, subject),
    refuse: async (body, attributes) => {
      refused.push({ body, attributes });
    },
  });
  return dispatcher({
    Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })),
  } as unknown as SQSEvent);
};

const encode = (key: string) => encodeURIComponent(key).replaceAll("%20", "+").replaceAll("%2F", "/");
const notification = (key: string, sequencer: string, bucketName = "longhaul-documents") =>
  JSON.stringify({
    Records: [
      { eventName: "ObjectCreated:Put", s3: { bucket: { name: bucketName }, object: { key: encode(key), sequencer } } },
    ],
  });
const upload = (text: string) => objects.set(source, Buffer.from(text));

test("an upload starts one execution by alias, under a name that tells nothing of the file", async () => {
  upload("first");
  expect(await dispatch(notification(source, "01"))).toEqual({ batchItemFailures: [] });
  expect(starts).toHaveLength(1);
  expect(starts[0]).toMatchObject({
    functionName: "longhaul-training",
    qualifier: "live",
    input: { document: { key: source, size: 5 } },
  });
  expect(starts[0]?.name).toMatch(/^training-[0-9a-f]{32}$/);
});

test("the index of executions is told what an upload's execution is about, by a hash; one that does not answer stops nothing", async () => {
  const told: string[][] = [];
  about = async (arn, subject) => void told.push([arn, subject]);
  upload("first");
  await dispatch(notification(source, "01"));
  expect(told).toEqual([[`arn:${starts[0]?.name}`, subjectOfKey("training", source)]]);
  expect(told.join()).not.toContain(source);
  about = () => Promise.reject(new Error("As the test says."));
  upload("second");
  expect(await dispatch(notification(source, "02"))).toEqual({ batchItemFailures: [] });
  expect(starts).toHaveLength(2);
});

test("the same upload again, and its message again, start nothing new", async () => {
  upload("first");
  await dispatch(notification(source, "01"), notification(source, "01"));
  await dispatch(notification(source, "02"));
  expect(starts).toHaveLength(1);
  expect(refused).toEqual([]);
});

test("a corrected upload is a new request that says which one it follows, and going back is another", async () => {
  for (const [index, text] of ["first", "second", "first"].entries()) {
    upload(text);
    await dispatch(notification(source, `0${index}`));
  }
  const [first, second, third] = starts;
  expect(starts).toHaveLength(3);
  expect(first?.input).not.toHaveProperty("follows");
  expect(second?.input).toMatchObject({ follows: first?.name });
  expect(third?.input).toMatchObject({ follows: second?.name });
});

test("a message that comes late, after a newer upload, starts nothing", async () => {
  upload("first");
  await dispatch(notification(source, "0A"));
  upload("second");
  await dispatch(notification(source, "0B"));
  await dispatch(notification(source, "0A"));
  expect(starts).toHaveLength(2);
});

test("what is judged is a copy that a later upload does not change", async () => {
  upload("first");
  await dispatch(notification(source, "01"));
  upload("second");
  const { document } = DocumentInput.parse(starts[0]?.input);
  expect(Buffer.from(found(document.snapshot ?? "")).toString()).toBe("first");
});

test("a crash between the registration and the start loses nothing", async () => {
  upload("first");
  failing = true;
  expect(await dispatch(notification(source, "01"))).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] });
  failing = false;
  await dispatch(notification(source, "01"));
  expect(starts).toHaveLength(1);
});

test("one bad message does not hold up the others of its batch", async () => {
  upload("first");
  expect(await dispatch("no json", notification(source, "01"))).toEqual({ batchItemFailures: [] });
  expect(starts).toHaveLength(1);
  expect(refused).toHaveLength(1);
});

test("a document over the limit starts its execution without being read", async () => {
  upload("x".repeat(101));
  await dispatch(notification(source, "01"));
  expect(starts[0]?.input).toMatchObject({ document: { snapshot: null, size: 101 } });
});

test("S3's test event and folder placeholders are done with, without a dead letter", async () => {
  await dispatch(
    JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent", Bucket: "longhaul-documents" }),
    notification("training/requests/", "01"),
  );
  expect([starts, refused]).toEqual([[], []]);
});

test.each([
  ["no JSON", () => "hello", { ErrorCode: "NOT_JSON", Field: "body", Expected: "JSON" }],
  ["another shape", () => '{"hello":1}', { ErrorCode: "NOT_OURS", Field: "Records" }],
  [
    "another bucket",
    () => notification(source, "01", "other"),
    { ErrorCode: "NOT_OURS", Field: "Records[0].s3.bucket.name", Expected: "longhaul-documents" },
  ],
  [
    "another prefix",
    () => notification("elsewhere/a.md", "01"),
    { ErrorCode: "NOT_OURS", Field: "Records[0].s3.object.key" },
  ],
  ["an object that is gone", () => notification(source, "01"), { ErrorCode: "OBJECT_GONE" }],
])("%s goes to the dead-letter queue with field, expectation and what came", async (_, body, attributes) => {
  expect(await dispatch(body())).toEqual({ batchItemFailures: [] });
  expect(refused).toEqual([{ body: body(), attributes: expect.objectContaining(attributes) }]);
  expect(Object.keys(refused[0]?.attributes ?? {}).sort()).toEqual([
    "ErrorCode",
    "ErrorMessage",
    "Expected",
    "Field",
    "MessageId",
    "Received",
  ]);
});

test("a name that another input has taken is a dead letter, not a silent success", async () => {
  upload("first");
  await dispatch(notification(source, "01"));
  started.set(starts[0]?.name ?? "", "something else");
  await dispatch(notification(source, "01"));
  expect(refused[0]?.attributes).toMatchObject({ ErrorCode: "NAME_TAKEN" });
});

test("a workflow that is started both ways tells events from uploads, and no event speaks of an upload", async () => {
  const both = defineContract({
    ...contract,
    triggers: [
      ...contract.triggers,
      { kind: "queue" as const, eventType: "longhaul.training.requested", businessKey: "id" },
    ],
    input: z.union([DocumentInput, z.strictObject({ id: z.string() })]),
    permissions: { ...contract.permissions, read: ["training/inputs/"] },
  });
  const event = (data: object) =>
    JSON.stringify({ specversion: "1.0", id: "1", source: "/test", type: "longhaul.training.requested", data });
  upload("first");
  const forged = { document: { key: "elsewhere", snapshot: "elsewhere", sha256: "0".repeat(64), size: 1 } };
  const testEvent = JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent" });
  await dispatchFor(both, [event({ id: "R-1" }), notification(source, "01"), event(forged), testEvent, "no JSON"]);
  expect(starts.map(({ input }) => input)).toEqual(
    expect.arrayContaining([{ id: "R-1" }, { document: expect.objectContaining({ key: source }) }]),
  );
  expect(starts).toHaveLength(2);
  expect(refused.map(({ attributes }) => attributes.ErrorCode).toSorted()).toEqual(["INPUT_INVALID", "NOT_JSON"]);
});
