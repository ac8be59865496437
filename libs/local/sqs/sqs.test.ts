import { createHash, randomUUID } from "node:crypto";
import { SQS } from "@aws-sdk/client-sqs";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { startMoto } from "../../../test/support/moto.ts";
import { startServices } from "../../../test/support/services.ts";

const services = await startServices();
const moto = await startMoto();
afterAll(async () => {
  moto?.close();
  await services.close();
});

const targets = [
  { name: "the local SQS", endpoint: services.endpoint },
  ...(moto ? [{ name: "moto", endpoint: moto.endpoint }] : []),
];
const options = { region: "eu-west-1", credentials: { accessKeyId: "test", secretAccessKey: "test" }, maxAttempts: 1 };

/** What an SDK makes of an error: its name and the HTTP status. */
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "taken",
    (error: { name: string; $metadata?: { httpStatusCode?: number } }) =>
      `${error.name} ${error.$metadata?.httpStatusCode}`,
  );

describe.each(targets)("$name", ({ endpoint }) => {
  const sqs = new SQS({ ...options, endpoint });
  let QueueUrl: string;
  let QueueName: string;
  beforeEach(async () => {
    QueueName = `test-${randomUUID()}`;
    QueueUrl = (await sqs.createQueue({ QueueName })).QueueUrl ?? "";
  });
  const send = (MessageBody: string) => sqs.sendMessage({ QueueUrl, MessageBody });
  const receive = async (over: Record<string, unknown> = {}) =>
    (await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0, ...over })).Messages ?? [];
  const attributes = async (url = QueueUrl) =>
    (await sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ["All"] })).Attributes ?? {};

  test("a queue is found by its name, and made twice it is the same", async () => {
    expect((await sqs.getQueueUrl({ QueueName })).QueueUrl).toBe(QueueUrl);
    expect((await sqs.createQueue({ QueueName })).QueueUrl).toBe(QueueUrl);
    expect((await sqs.listQueues({ QueueNamePrefix: QueueName })).QueueUrls).toEqual([QueueUrl]);
    const other = sqs.createQueue({ QueueName, Attributes: { VisibilityTimeout: "7" } });
    expect(await refusal(other)).toMatch(/^(QueueNameExists|QueueAlreadyExists) 400$/);
  });

  test("attributes are what was set, and the defaults that SQS documents", async () => {
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { VisibilityTimeout: "7" } });
    expect(await attributes()).toMatchObject({
      VisibilityTimeout: "7",
      DelaySeconds: "0",
      ReceiveMessageWaitTimeSeconds: "0",
      MessageRetentionPeriod: "345600",
      ApproximateNumberOfMessages: "0",
      QueueArn: expect.stringMatching(new RegExp(`^arn:aws:sqs:eu-west-1:\\d{12}:${QueueName}$`)),
    });
  });

  test("a message comes with its body, attributes, digest and how often it was received, until it is deleted", async () => {
    const MessageAttributes = {
      text: { DataType: "String", StringValue: "ü" },
      number: { DataType: "Number", StringValue: "7" },
      bytes: { DataType: "Binary", BinaryValue: Buffer.from([0, 255]) },
    };
    const { MessageId } = await sqs.sendMessage({ QueueUrl, MessageBody: "Grüße", MessageAttributes });
    const [message] = await receive({ MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"] });
    expect(message).toMatchObject({
      MessageId,
      Body: "Grüße",
      MD5OfBody: createHash("md5").update("Grüße").digest("hex"),
      Attributes: { ApproximateReceiveCount: "1", SentTimestamp: expect.stringMatching(/^\d{13}$/) },
    });
    expect(message?.MessageAttributes?.text?.StringValue).toBe("ü");
    expect(message?.MessageAttributes?.number).toMatchObject({ DataType: "Number", StringValue: "7" });
    expect(Buffer.from(message?.MessageAttributes?.bytes?.BinaryValue ?? [])).toEqual(Buffer.from([0, 255]));
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    expect(await attributes()).toMatchObject({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
    });
  });

  test("only the attributes that are asked for come, also by a pattern", async () => {
    const value = { DataType: "String", StringValue: "x" };
    await sqs.sendMessage({ QueueUrl, MessageBody: "m", MessageAttributes: { "a.1": value, "a.2": value, b: value } });
    const names = async (asked: string[]) => {
      const [message] = await receive({ MessageAttributeNames: asked, VisibilityTimeout: 0 });
      return Object.keys(message?.MessageAttributes ?? {}).sort();
    };
    expect(await names(["b"])).toEqual(["b"]);
    expect(await names(["a.*"])).toEqual(["a.1", "a.2"]);
    expect(await names([])).toEqual([]);
  });

  test("what is received is hidden from others until its time is over or it is given back", async () => {
    await send("one");
    const [first] = await receive();
    expect(await receive()).toEqual([]);
    expect(await attributes()).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "1" });
    await sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 });
    const [second] = await receive({ VisibilityTimeout: 1, MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
    expect(second?.Attributes?.ApproximateReceiveCount).toBe("2");
    expect(await receive()).toEqual([]);
    expect((await receive({ WaitTimeSeconds: 5 })).map(({ Body }) => Body)).toEqual(["one"]);
  });

  test("several consumers at once get each message once", async () => {
    for (let batch = 0; batch < 3; batch += 1) {
      const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: `${batch}-${index}` }));
      await sqs.sendMessageBatch({ QueueUrl, Entries });
    }
    const received = (await Promise.all(Array.from({ length: 10 }, () => receive()))).flat();
    expect(received).toHaveLength(30);
    expect(new Set(received.map(({ Body }) => Body)).size).toBe(30);
  });

  test("a message that is received too often goes to the dead-letter queue, with its attributes", async () => {
    const dead = (await sqs.createQueue({ QueueName: `dead-${randomUUID()}` })).QueueUrl ?? "";
    const { QueueArn: deadLetterTargetArn } = await attributes(dead);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy } });
    const MessageAttributes = { why: { DataType: "String", StringValue: "test" } };
    await sqs.sendMessage({ QueueUrl, MessageBody: "poison", MessageAttributes });
    expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
    expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
    expect(await receive()).toEqual([]);
    const { Messages } = await sqs.receiveMessage({ QueueUrl: dead, MessageAttributeNames: ["All"] });
    expect(Messages?.[0]).toMatchObject({ Body: "poison", MessageAttributes: { why: { StringValue: "test" } } });
  });

  test("a delayed message comes when its delay is over; a long poll waits for it", async () => {
    await sqs.sendMessage({ QueueUrl, MessageBody: "later", DelaySeconds: 1 });
    expect(await receive()).toEqual([]);
    expect((await receive({ WaitTimeSeconds: 5 })).map(({ Body }) => Body)).toEqual(["later"]);
  });

  test("a long poll wakes when a message comes", async () => {
    const polling = receive({ WaitTimeSeconds: 20 });
    await send("wake up");
    expect((await polling).map(({ Body }) => Body)).toEqual(["wake up"]);
  });

  test("a batch answers for each of its entries", async () => {
    const entry = (Id: string, MessageBody: string) => ({ Id, MessageBody });
    const { Successful } = await sqs.sendMessageBatch({ QueueUrl, Entries: [entry("a", "1"), entry("b", "2")] });
    expect(Successful?.map(({ Id }) => Id)).toEqual(["a", "b"]);
    const received = await receive();
    const Entries = received.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
    expect((await sqs.deleteMessageBatch({ QueueUrl, Entries })).Successful).toHaveLength(2);
    const eleven = Array.from({ length: 11 }, (_, index) => entry(`${index}`, "x"));
    expect(await refusal(sqs.sendMessageBatch({ QueueUrl, Entries: eleven }))).toBe("TooManyEntriesInBatchRequest 400");
    expect(await refusal(sqs.sendMessageBatch({ QueueUrl, Entries: [] }))).toBe("EmptyBatchRequest 400");
    const twice = [entry("a", "1"), entry("a", "2")];
    expect(await refusal(sqs.sendMessageBatch({ QueueUrl, Entries: twice }))).toBe("BatchEntryIdsNotDistinct 400");
  });

  test("a purged queue is empty, a deleted one is gone", async () => {
    await send("one");
    await sqs.purgeQueue({ QueueUrl });
    expect(await receive()).toEqual([]);
    await sqs.deleteQueue({ QueueUrl });
    expect(await refusal(send("two"))).toBe("QueueDoesNotExist 400");
    expect(await refusal(sqs.getQueueUrl({ QueueName }))).toBe("QueueDoesNotExist 400");
  });

  test("what cannot be is refused as SQS refuses it", async () => {
    const remove = (ReceiptHandle: string) => refusal(sqs.deleteMessage({ QueueUrl, ReceiptHandle }));
    expect(await remove("nonsense")).toBe("ReceiptHandleIsInvalid 400");
    expect(await refusal(sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 11 }))).toMatch(/^Invalid\w+ 400$/);
    expect(await refusal(sqs.createQueue({ QueueName: "no spaces" }))).toMatch(/^Invalid\w+ 400$/);
  });
});

describe("the local SQS alone", () => {
  const sqs = new SQS({ ...options, endpoint: services.endpoint });
  let QueueUrl: string;
  beforeEach(async () => {
    QueueUrl = (await sqs.createQueue({ QueueName: `alone-${randomUUID()}` })).QueueUrl ?? "";
  });

  test("what it does not know it refuses as SQS does, and says what it was", async () => {
    const attempts = {
      TagQueue: () => sqs.tagQueue({ QueueUrl, Tags: { a: "b" } }),
      StartMessageMoveTask: () => sqs.startMessageMoveTask({ SourceArn: "arn:aws:sqs:eu-west-1:000000000000:q" }),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      await expect(attempt()).rejects.toMatchObject({
        name: "UnsupportedOperation",
        message: expect.stringContaining(name),
      });
    }
    expect(await refusal(sqs.createQueue({ QueueName: "a.fifo", Attributes: { FifoQueue: "true" } }))).toMatch(
      /^Invalid/,
    );
    const Attributes = { Nonsense: "1" } as Record<string, string>;
    expect(await refusal(sqs.setQueueAttributes({ QueueUrl, Attributes }))).toBe("InvalidAttributeName 400");
  });

  test("a message that SQS would not take is not taken", async () => {
    const send = (MessageBody: string) => refusal(sqs.sendMessage({ QueueUrl, MessageBody }));
    expect(await send("\u0000")).toBe("InvalidMessageContents 400");
    expect(await send("x".repeat(1_048_577))).toMatch(/^Invalid\w+ 400$/);
    expect(await send("x".repeat(3 * 1_048_576))).toMatch(/^Invalid\w+ 400$/);
    expect(await send("x".repeat(1_048_000))).toBe("taken");
  });

  test("of several long polls one gets the message, and the others wait on for the next", async () => {
    const poll = () => sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 1 });
    const polls = [poll(), poll()];
    await sqs.sendMessage({ QueueUrl, MessageBody: "one" });
    const first = await Promise.race(polls);
    await sqs.sendMessage({ QueueUrl, MessageBody: "two" });
    const all = (await Promise.all(polls)).map(({ Messages }) => Messages?.[0]?.Body);
    expect(first.Messages?.[0]?.Body).toBe("one");
    expect(all.sort()).toEqual(["one", "two"]);
  });
});
