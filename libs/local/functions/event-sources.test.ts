import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createFunction, startLambda, type TestLambda, temporaryFolder } from "../../../test/support/cloud.ts";

// The handler tells its batches by its log, which the tests read.
const SOURCE = `
let running = 0;
export const handler = async ({ Records }) => {
  running += 1;
  console.log(JSON.stringify({ running, bodies: Records.map(({ body }) => body.slice(0, 20)) }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  running -= 1;
  const bodies = Records.map(({ body }) => body);
  if (bodies.includes("throw")) throw new Error("on purpose");
  if (bodies.includes("unknown id")) return { batchItemFailures: [{ itemIdentifier: "nobody" }] };
  return { batchItemFailures: Records.filter(({ body }) => body.startsWith("bad")).map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
`;
const QUEUE_ARN = "arn:aws:sqs:eu-west-1:000000000000:";

let cloud: TestLambda;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
let queue = "";
let count = 0;
beforeAll(async () => {
  temporary = await temporaryFolder();
  cloud = await startLambda(temporary.folder, { clock: "virtual" });
});
afterAll(async () => {
  await cloud.close();
  await temporary.remove();
});
beforeEach(async () => {
  count += 1;
  queue = `queue-${count}`;
  await sqs("CreateQueue", { QueueName: queue, Attributes: { VisibilityTimeout: "60" } });
  await createFunction(cloud.lambda, `reader-${count}`, { source: SOURCE });
});

async function sqs(action: string, input: object) {
  const { body = "" } = await cloud.sqs.service.handle({
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: { "x-amz-target": `AmazonSQS.${action}` },
    body: Buffer.from(JSON.stringify(input)),
  });
  return JSON.parse(String(body)) as Record<string, Record<string, string>>;
}
const send = (body: string) => cloud.sqs.port.send(QUEUE_ARN + queue, { body });
const map = (options: object) =>
  cloud.lambda.createEventSourceMapping({
    FunctionName: `reader-${count}:live`,
    EventSourceArn: QUEUE_ARN + queue,
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    ...options,
  });
async function advance(milliseconds: number) {
  await cloud.clock.settle();
  await cloud.clock.advance(milliseconds);
}
async function batches(): Promise<{ running: number; bodies: string[] }[]> {
  await cloud.clock.settle();
  const response = await fetch(cloud.endpoint, {
    method: "POST",
    headers: { "x-amz-target": "Logs_20140328.FilterLogEvents" },
    body: JSON.stringify({ logGroupName: `/aws/lambda/reader-${count}`, filterPattern: "bodies" }),
  });
  const { events = [] } = (await response.json()) as { events?: { message: string }[] };
  return events.map(({ message }) => JSON.parse(message.split("\t").at(-1) ?? "") as never);
}
const left = async () => {
  const url = `http://127.0.0.1/000000000000/${queue}`;
  const { Attributes } = await sqs("GetQueueAttributes", { QueueUrl: url, AttributeNames: ["All"] });
  return Number(Attributes?.ApproximateNumberOfMessages) + Number(Attributes?.ApproximateNumberOfMessagesNotVisible);
};

test("messages come in batches of at most the batch size, and what was not reported as failed is deleted", async () => {
  for (const body of ["a", "bad b", "c", "d", "e"]) await send(body);
  await map({ BatchSize: 2 });
  const seen = await batches();
  expect(seen.every(({ bodies }) => bodies.length <= 2)).toBe(true);
  expect(seen.flatMap(({ bodies }) => bodies).sort()).toEqual(["a", "bad b", "c", "d", "e"]);
  expect(await left()).toBe(1);
  await advance(60_000);
  expect((await batches()).at(-1)?.bodies).toEqual(["bad b"]);
});

test("a batch comes again whole, after its visibility timeout, where the function throws or answers with an id that it was not given", async () => {
  for (const [index, body] of ["throw", "unknown id"].entries()) {
    await send(body);
    if (index === 0) await map({ BatchSize: 10 });
    await batches();
    expect(await left()).toBe(1);
    const before = (await batches()).length;
    await advance(59_000);
    expect(await batches()).toHaveLength(before);
    await advance(1_000);
    expect(await batches()).toHaveLength(before + 1);
    await sqs("PurgeQueue", { QueueUrl: `http://127.0.0.1/000000000000/${queue}` });
  }
});

test("without partial answers a batch that the function answered is deleted whatever it answered", async () => {
  await send("bad");
  await map({ BatchSize: 10, FunctionResponseTypes: [] });
  expect(await batches()).toHaveLength(1);
  expect(await left()).toBe(0);
});

test("a window gathers messages until the batch is full, or its first message has waited that long", async () => {
  await map({ BatchSize: 3, MaximumBatchingWindowInSeconds: 20 });
  await send("a");
  await advance(10_000);
  await send("b");
  await advance(9_000);
  expect(await batches()).toEqual([]);
  await advance(1_000);
  expect((await batches()).map(({ bodies }) => bodies)).toEqual([["a", "b"]]);
  for (const body of ["c", "d", "e", "f"]) await send(body);
  expect((await batches()).map(({ bodies }) => bodies)).toEqual([
    ["a", "b"],
    ["c", "d", "e"],
  ]);
  await advance(20_000);
  expect((await batches()).at(-1)?.bodies).toEqual(["f"]);
});

test("a batch holds no more than an invocation may", async () => {
  for (let index = 0; index < 8; index += 1) await send(String(index).repeat(1_000_000));
  await map({ BatchSize: 10 });
  const sizes = (await batches()).map(({ bodies }) => bodies.length);
  // Two run at a time, and either may be the first to print.
  expect(sizes.toSorted()).toEqual([2, 6]);
});

test("no more than the maximum concurrency of batches are under way at a time", async () => {
  for (let index = 0; index < 12; index += 1) await send(String(index));
  await cloud.lambda.createEventSourceMapping({
    FunctionName: `reader-${count}:live`,
    EventSourceArn: QUEUE_ARN + queue,
    BatchSize: 1,
    ScalingConfig: { MaximumConcurrency: 2 },
  });
  const spans = await invocations();
  expect(spans).toHaveLength(12);
  expect(Math.max(...spans.map(({ atOnce }) => atOnce))).toBe(2);
});

/** Each invocation with how many were under way as it began. */
async function invocations() {
  await cloud.clock.settle();
  const response = await fetch(cloud.endpoint, {
    method: "POST",
    headers: { "x-amz-target": "Logs_20140328.FilterLogEvents" },
    body: JSON.stringify({ logGroupName: `/aws/lambda/reader-${count}`, filterPattern: '?"START R" ?"END R"' }),
  });
  const { events } = (await response.json()) as { events: { message: string }[] };
  let underway = 0;
  return events.flatMap(({ message }) => {
    underway += message.startsWith("START") ? 1 : -1;
    return message.startsWith("START") ? [{ atOnce: underway }] : [];
  });
}

test("a mapping is changed, disabled, listed in pages and deleted", async () => {
  const { UUID = "" } = await map({ BatchSize: 5 });
  await cloud.lambda.updateEventSourceMapping({ UUID, Enabled: false });
  await send("quiet");
  expect(await batches()).toEqual([]);
  expect(await cloud.lambda.getEventSourceMapping({ UUID })).toMatchObject({ State: "Disabled", BatchSize: 5 });
  await cloud.lambda.updateEventSourceMapping({ UUID, Enabled: true, BatchSize: 1 });
  expect((await batches()).map(({ bodies }) => bodies)).toEqual([["quiet"]]);
  const seen: unknown[] = [];
  let Marker: string | undefined;
  do {
    const page = await cloud.lambda.listEventSourceMappings({ MaxItems: 2, ...(Marker && { Marker }) });
    seen.push(...(page.EventSourceMappings ?? []).map((one) => one.UUID));
    Marker = page.NextMarker;
  } while (Marker);
  expect(new Set(seen).size).toBe(count);
  await cloud.lambda.deleteEventSourceMapping({ UUID });
  await expect(cloud.lambda.getEventSourceMapping({ UUID })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test.each([
  ["a batch over 10 without a window", { BatchSize: 11 }, "InvalidParameterValueException"],
  ["a queue that there is not", { EventSourceArn: `${QUEUE_ARN}none` }, "InvalidParameterValueException"],
  ["a function that there is not", { FunctionName: "none" }, "ResourceNotFoundException"],
  ["an unknown member", { StartingPosition: "LATEST" }, "InvalidParameterValueException"],
])("%s is refused", async (_, options, name) => {
  await expect(map(options)).rejects.toMatchObject({ name });
});

test("what was being read when the process ended is read again at the next start, not after its visibility timeout", async () => {
  await send("lost");
  // In the place of a function that reads it and is killed.
  await sqs("ReceiveMessage", { QueueUrl: `http://127.0.0.1/000000000000/${queue}` });
  await map({});
  expect(await batches()).toEqual([]);
  await cloud.close();
  cloud = await startLambda(temporary.folder, { clock: "virtual" });
  expect((await batches()).flatMap(({ bodies }) => bodies)).toEqual(["lost"]);
});
