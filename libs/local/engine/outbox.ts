import { z } from "zod";
import type { EngineContext } from "./context.ts";
import type { Execution } from "./execution.ts";
import type { ExecutionRecord } from "./model.ts";

const DeadLetter = z.strictObject({
  queue: z.string(),
  body: z.string(),
  attributes: z.record(z.string(), z.string()),
});

const BATCH = 500;
const MOST_MESSAGE_BYTES = 1_024;

/**
 * Dead letters wait in a table, from the transaction that they belong to until they are sent: at least once, and in order.
 * What cannot be sent stays, and is tried again at the process's next start.
 */
export function createOutbox({ notes, store, queues }: EngineContext) {
  let sending: Promise<void> | undefined;
  let isPosted = false;
  let last = 0;
  const send = async (body: unknown): Promise<unknown> => {
    const { queue, ...message } = DeadLetter.parse(body);
    return queues?.send(queue, message);
  };
  const sendAll = async () => {
    for (let batch = notes.outbox(last, BATCH); batch.length > 0; batch = notes.outbox(last, BATCH)) {
      last = batch.at(-1)?.seq ?? last;
      const outcomes = await Promise.allSettled(batch.map(({ body }) => send(body)));
      const sent = batch.filter((_, index) => outcomes[index]?.status === "fulfilled");
      await store.write(() => {
        for (const { seq } of sent) notes.removePosted(seq);
      });
    }
  };
  const sendPosted = async () => {
    try {
      while (isPosted) {
        isPosted = false;
        await sendAll();
      }
    } catch (error) {
      console.error(error);
    } finally {
      sending = undefined;
    }
  };
  /** Sends what was posted since the last time. */
  const flush = (): Promise<void> => {
    isPosted = true;
    sending ??= sendPosted();
    return sending;
  };
  return {
    flush,
    async close() {
      await sending;
    },
  };
}

export const functionArnOf = (arn: string) => arn.split("/durable-execution/")[0] ?? "";

/** Within a transaction: EventBridge's `Durable Execution Status Change`. */
export function postStatus({ events }: EngineContext, record: ExecutionRecord) {
  events?.put({
    source: "aws.lambda",
    detailType: "Durable Execution Status Change",
    resources: [record.arn],
    detail: {
      durableExecutionArn: record.arn,
      durableExecutionName: record.name,
      functionArn: functionArnOf(record.arn),
      status: record.status,
      startTimestamp: new Date(record.startedAt).toISOString(),
      ...(record.endedAt !== undefined && { endTimestamp: new Date(record.endedAt).toISOString() }),
    },
  });
}

/** Within a transaction: the input of an asynchronous execution that came to no good end goes to its dead-letter queue. */
export function postDeadLetter({ queues, tables, notes, transactions }: EngineContext, { record, row }: Execution) {
  const { asynchronous, status, deadLetterArn, error } = record;
  if (!queues || !asynchronous || status === "SUCCEEDED" || !deadLetterArn) return;
  notes.post({
    queue: deadLetterArn,
    body: tables.input(row),
    attributes: {
      RequestID: record.id,
      ErrorCode: error?.ErrorType || status,
      ErrorMessage: cut(error?.ErrorMessage || `The execution ended ${status}.`),
    },
  });
  transactions.afterCommit(transactions.hooks.posted);
}

/** To the longest beginning of whole characters within the limit. */
function cut(text: string): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(MOST_MESSAGE_BYTES));
  return text.slice(0, read);
}
