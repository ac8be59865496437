import { z } from "zod";
import type { QueueMessage } from "../core/ports.ts";
import type { Store } from "../core/store.ts";
import { WireError } from "../core/wire-error.ts";
import { type MessageAttribute, md5, md5OfAttributes } from "./digest.ts";
import { errors } from "./errors.ts";
import type { Messages, NewMessage } from "./messages.ts";
import type { Queue, Queues } from "./queues.ts";

export interface ActionContext {
  store: Store;
  queues: Queues;
  messages: Messages;
  urlOf: (name: string) => string;
  changed: (queue: string) => void;
  /** Resolves when the queue may have a message, or after so many milliseconds. */
  wait: (queue: string, milliseconds: number) => Promise<void>;
}

type Action = (input: unknown, context: ActionContext) => Promise<unknown>;

const Url = z.object({ QueueUrl: z.string() });
const Attribute = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});
const Message = z.object({
  MessageBody: z.string(),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: z.record(z.string(), Attribute).optional(),
});
const Batch = <T extends z.ZodRawShape>(entry: z.ZodObject<T>) =>
  Url.extend({ Entries: z.array(entry.extend({ Id: z.string() })) });
const Receipt = z.object({ ReceiptHandle: z.string() });
const Visibility = Receipt.extend({ VisibilityTimeout: z.int().min(0).max(43_200) });
const Receive = Url.extend({
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().min(0).max(43_200).optional(),
  WaitTimeSeconds: z.int().min(0).max(20).optional(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
});

function parse<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw errors.invalid(`Value for parameter ${issue?.path.join(".")} is invalid. Reason: ${issue?.message}.`);
}

const send = async (queue: Queue, entry: z.infer<typeof Message>, { store, messages, changed }: ActionContext) => {
  const message: NewMessage = {
    body: entry.MessageBody,
    attributes: entry.MessageAttributes ?? {},
    delaySeconds: entry.DelaySeconds,
  };
  const MessageId = await store.write(() => messages.add(queue, message));
  changed(queue.name);
  const digest = md5OfAttributes(message.attributes);
  return { MessageId, MD5OfMessageBody: md5(message.body), ...(digest && { MD5OfMessageAttributes: digest }) };
};

const MOST_ENTRIES = 10;
const LONGEST_BATCH = 1_048_576;

/** Each entry on its own: what fails is told by its id. What is wrong with the batch as a whole fails all of it. */
async function each<T extends { Id: string }>(entries: T[], work: (entry: T) => Promise<object>) {
  if (entries.length === 0) throw errors.emptyBatch();
  if (entries.length > MOST_ENTRIES) throw errors.tooManyEntries(entries.length);
  if (!entries.every(({ Id }) => /^[\w-]{1,80}$/.test(Id))) throw errors.batchEntryId();
  const ids = entries.map(({ Id }) => Id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw errors.idsNotDistinct(repeated);
  if (Buffer.byteLength(JSON.stringify(entries)) > LONGEST_BATCH) throw errors.batchTooLong(LONGEST_BATCH);
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...(await work(entry)) });
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.type, Message: error.message });
    }
  }
  return { Successful, ...(Failed.length > 0 && { Failed }) };
}

/** The operations that the local SQS knows, by the name in `X-Amz-Target`. */
export const actions: Readonly<Record<string, Action>> = {
  async CreateQueue(input, { store, queues, urlOf }) {
    const { QueueName, Attributes } = parse(
      z.object({ QueueName: z.string(), Attributes: z.record(z.string(), z.string()).default({}) }),
      input,
    );
    const { name } = await store.write(() => queues.create(QueueName, Attributes));
    return { QueueUrl: urlOf(name) };
  },
  async GetQueueUrl(input, { queues, urlOf }) {
    const { QueueName } = parse(z.object({ QueueName: z.string() }), input);
    return { QueueUrl: urlOf(queues.get(QueueName).name) };
  },
  async ListQueues(input, { queues, urlOf }) {
    const { QueueNamePrefix } = parse(z.object({ QueueNamePrefix: z.string().default("") }), input);
    return { QueueUrls: queues.names(QueueNamePrefix).map(urlOf) };
  },
  async DeleteQueue(input, { store, queues }) {
    const { name } = queues.byUrl(parse(Url, input).QueueUrl);
    await store.write(() => queues.remove(name));
    return {};
  },
  async PurgeQueue(input, { store, queues, messages }) {
    const queue = queues.byUrl(parse(Url, input).QueueUrl);
    await store.write(() => messages.purge(queue));
    return {};
  },
  async GetQueueAttributes(input, { queues, messages }) {
    const { QueueUrl, AttributeNames } = parse(Url.extend({ AttributeNames: z.array(z.string()).default([]) }), input);
    const queue = queues.byUrl(QueueUrl);
    const { visible, hidden, delayed } = messages.counts(queue);
    const all: Record<string, string> = {
      ...queues.texts(queue.attributes),
      QueueArn: queues.arnOf(queue.name),
      CreatedTimestamp: String(Math.floor(queue.createdAt / 1_000)),
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(hidden),
      ApproximateNumberOfMessagesDelayed: String(delayed),
    };
    const wanted = AttributeNames.includes("All") ? Object.keys(all) : AttributeNames;
    return { Attributes: Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name))) };
  },
  async SetQueueAttributes(input, { store, queues }) {
    const { QueueUrl, Attributes } = parse(Url.extend({ Attributes: z.record(z.string(), z.string()) }), input);
    const queue = queues.byUrl(QueueUrl);
    await store.write(() => queues.change(queue, Attributes));
    return {};
  },
  async SendMessage(input, context) {
    const message = parse(Url.extend(Message.shape), input);
    return send(context.queues.byUrl(message.QueueUrl), message, context);
  },
  async SendMessageBatch(input, context) {
    const { QueueUrl, Entries } = parse(Batch(Message), input);
    const queue = context.queues.byUrl(QueueUrl);
    return each(Entries, (entry) => send(queue, entry, context));
  },
  async ReceiveMessage(input, { store, queues, messages, changed, wait }) {
    const request = parse(Receive, input);
    const queue = queues.byUrl(request.QueueUrl);
    const visibility = request.VisibilityTimeout ?? queue.attributes.VisibilityTimeout;
    const take = () => store.write(() => messages.take(queue, request.MaxNumberOfMessages, visibility));
    const patience = (request.WaitTimeSeconds ?? queue.attributes.ReceiveMessageWaitTimeSeconds) * 1_000;
    const until = performance.now() + patience;
    let taken = await take();
    // Several may wait for one message: whoever wakes and finds it gone waits on.
    for (let left = patience; taken.length === 0 && left > 0; left = until - performance.now()) {
      await wait(queue.name, left);
      taken = await take();
    }
    if (taken.length > 0) changed(queue.name);
    return taken.length === 0 ? {} : { Messages: taken.map((message) => toWire(message, request)) };
  },
  async DeleteMessage(input, { store, queues, messages }) {
    const { QueueUrl, ReceiptHandle } = parse(Url.extend(Receipt.shape), input);
    const queue = queues.byUrl(QueueUrl);
    await store.write(() => messages.remove(queue, ReceiptHandle));
    return {};
  },
  async DeleteMessageBatch(input, { store, queues, messages }) {
    const { QueueUrl, Entries } = parse(Batch(Receipt), input);
    const queue = queues.byUrl(QueueUrl);
    return each(Entries, async ({ ReceiptHandle }) => {
      await store.write(() => messages.remove(queue, ReceiptHandle));
      return {};
    });
  },
  async ChangeMessageVisibility(input, { store, queues, messages, changed }) {
    const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parse(Url.extend(Visibility.shape), input);
    const queue = queues.byUrl(QueueUrl);
    await store.write(() => messages.hide(queue, ReceiptHandle, VisibilityTimeout));
    changed(queue.name);
    return {};
  },
};

const DEPRECATED_ALL = "All";

function toWire(message: QueueMessage, request: z.infer<typeof Receive>) {
  const system = [...request.AttributeNames, ...request.MessageSystemAttributeNames];
  const systemAttributes = Object.entries(message.attributes).filter(
    ([name]) => system.includes(DEPRECATED_ALL) || system.includes(name),
  );
  const wanted = (name: string) =>
    request.MessageAttributeNames.some(
      (pattern) =>
        pattern === "All" ||
        pattern === ".*" ||
        pattern === name ||
        (pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -2))),
    );
  const attributes: Record<string, MessageAttribute> = Object.fromEntries(
    Object.entries(message.messageAttributes)
      .filter(([name]) => wanted(name))
      .map(([name, { dataType, stringValue, binaryValue }]) => [
        name,
        { DataType: dataType, StringValue: stringValue, BinaryValue: binaryValue },
      ]),
  );
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    ...(systemAttributes.length > 0 && { Attributes: Object.fromEntries(systemAttributes) }),
    ...(digest && { MessageAttributes: attributes, MD5OfMessageAttributes: digest }),
  };
}
