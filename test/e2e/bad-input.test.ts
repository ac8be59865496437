import { afterAll, beforeAll, expect, test } from "vitest";
import { names } from "#deployment";
import { eventually, temporaryFolder } from "../support/cloud.ts";
import { greyRequest, type Longhaul, startLonghaul } from "../support/longhaul.ts";
import { request } from "../support/training.ts";

let longhaul: Longhaul;
let remove: () => Promise<void>;
beforeAll(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  longhaul = await startLonghaul(temporary.folder, "--no-samples");
});
afterAll(async () => {
  await longhaul.end();
  await remove();
});

/** The messages of a dead-letter queue, each with its attributes; they are taken off it. */
async function deadLetters(count: number, queue: string = names.deadLetters("training")) {
  const { QueueUrl } = await longhaul.sqs.getQueueUrl({ QueueName: queue });
  const all: { body: string; attributes: Record<string, string | undefined> }[] = [];
  await eventually(async () => {
    const asked = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] };
    const { Messages = [] } = await longhaul.sqs.receiveMessage(asked);
    for (const { Body = "", MessageAttributes = {}, ReceiptHandle } of Messages) {
      const attributes = Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]);
      all.push({ body: Body, attributes: Object.fromEntries(attributes) });
      await longhaul.sqs.deleteMessage({ QueueUrl, ReceiptHandle });
    }
    return all.length >= count;
  }, 60_000);
  return all;
}

async function send(MessageBody: string) {
  const { QueueUrl } = await longhaul.sqs.getQueueUrl({ QueueName: names.queue("training") });
  await longhaul.sqs.sendMessage({ QueueUrl, MessageBody });
}

test("what cannot be read ends as rejected, with field, expectation and what came", async () => {
  const bad: [string, string | Uint8Array, { field: string; received: string }][] = [
    ["empty.md", "", { field: "document", received: "an empty file" }],
    ["huge.txt", Buffer.alloc(5 * 1024 * 1024 + 1, "a"), { field: "document", received: "5242881 bytes" }],
    ["binary.txt", Buffer.from([0, 1, 2, 3]), { field: "document", received: "binary data" }],
    ["latin1.txt", Buffer.from("Grüße", "latin1"), { field: "document", received: "text in another encoding" }],
    ["table.xlsx", "PK", { field: "name", received: ".xlsx" }],
    ["missing.json", request({ role: undefined }), { field: "role", received: "nothing" }],
    ["extra.json", request({ urgent: true }), { field: "document", received: "also urgent" }],
    ["cut.json", request().slice(0, -3), { field: "document", received: "text that is not" }],
  ];
  await Promise.all(bad.map(([name, body]) => longhaul.upload(name, body)));
  for (const [name, , problem] of bad) {
    const result = await longhaul.result(name);
    expect(result).toMatchObject({ decision: "rejected", decidedBy: "policy", score: null, problem });
    expect(result.why).toContain("could not be read");
  }
});

test("the same upload twice is one request; a corrected one is new, follows it and ends its review", async () => {
  await longhaul.upload("again.pdf", await greyRequest("For the newsletter."));
  const first = await longhaul.waiting("again.pdf");
  await longhaul.upload("again.pdf", await greyRequest("For the newsletter."));
  await longhaul.upload("again.pdf", await greyRequest("For the newsletter and the web site."));
  const second = await eventually(async () => {
    const review = await longhaul.waiting("again.pdf");
    return review.execution !== first.execution && review;
  }, 60_000);

  expect(await longhaul.result("again.pdf", first.execution)).toMatchObject({
    decision: "withdrawn",
    decidedBy: "nobody",
    follows: null,
  });
  expect((await longhaul.decide(first.id, "approved", "Too late.")).status).toBe(410);
  await longhaul.decide(second.id, "approved", "Fine.");
  expect(await longhaul.result("again.pdf", second.execution)).toMatchObject({
    decision: "approved",
    follows: first.execution,
  });
  const FunctionName = names.workflow("training");
  const { DurableExecutions = [] } = await longhaul.lambda.listDurableExecutionsByFunction({ FunctionName });
  const executions = DurableExecutions.map(({ DurableExecutionName }) => DurableExecutionName);
  expect(executions.filter((name) => [first.execution, second.execution].includes(name ?? ""))).toHaveLength(2);
  expect(new Set(executions).size).toBe(executions.length);
});

test("a result that exists already is not overwritten: the execution fails, and its event is kept with the reason", async () => {
  await longhaul.upload("taken.pdf", await greyRequest("For the annual report."));
  const { id, execution, executionArn } = await longhaul.waiting("taken.pdf");
  const Key = `training/results/taken.pdf.${execution.slice("training-".length, "training-".length + 12)}.json`;
  await longhaul.s3.putObject({ Bucket: names.bucket, Key, Body: "somebody else's" });
  await longhaul.decide(id, "approved", "Yes.");
  const [letter] = await deadLetters(1, names.failures("training"));
  expect(JSON.parse(letter?.body ?? "")).toMatchObject({ document: { key: "training/requests/taken.pdf" } });
  expect(letter?.attributes.ErrorMessage).toContain(`Expected \`${Key}\` to be free`);
  expect(await longhaul.read(Key)).toBe("somebody else's");
  const { Status } = await longhaul.lambda.getDurableExecution({
    DurableExecutionArn: executionArn,
    IncludeExecutionData: false,
  });
  expect(Status).toBe("FAILED");
});

test("a message that is not ours goes to the dead-letter queue with the reason; S3's test event is done with", async () => {
  await send(JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent", Bucket: names.bucket }));
  await send("hello");
  await send(JSON.stringify({ order: 7 }));
  const gone = { bucket: { name: names.bucket }, object: { key: "training/requests/gone.md", sequencer: "01" } };
  await send(JSON.stringify({ Records: [{ eventName: "ObjectCreated:Put", s3: gone }] }));
  const letters = await deadLetters(3);
  const reasons = letters.map(({ attributes: { ErrorCode, Field, Expected, Received } }) => [
    ErrorCode,
    Field,
    Expected,
    Received,
  ]);
  expect(reasons.sort()).toEqual([
    ["NOT_JSON", "body", "JSON", "5 characters that are not"],
    ["NOT_OURS", "Records", "as in an S3 ObjectCreated notification", expect.any(String)],
    ["OBJECT_GONE", "Records[].s3.object.key", "an object that is in the bucket", "one that is gone"],
  ]);
  await eventually(async () => {
    const { QueueUrl } = await longhaul.sqs.getQueueUrl({ QueueName: names.queue("training") });
    const AttributeNames = ["ApproximateNumberOfMessages" as const, "ApproximateNumberOfMessagesNotVisible" as const];
    const { Attributes = {} } = await longhaul.sqs.getQueueAttributes({ QueueUrl, AttributeNames });
    return Object.values(Attributes).every((count) => count === "0");
  });
});
