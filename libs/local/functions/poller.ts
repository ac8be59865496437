import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { InvocationEnd, QueueMessage } from "../core/ports.ts";
import type { EventSourcesOptions, Mapping } from "./event-sources.ts";

/** Local handlers share few cores; Lambda begins with five pollers. */
const DEFAULT_CONCURRENCY = 2;
const AGAIN_MS = 1_000;
/** What an invocation's event may hold. */
const MOST_BYTES = 6 * 1024 * 1024;

/**
 * Hands a queue's messages to a function, in batches: as soon as there are messages, or, where the mapping has a window, when
 * a batch is full or its first message has waited that long. Answers a function that ends it and waits a while for the batches under way.
 */
export function poll(mapping: Mapping, options: EventSourcesOptions): () => Promise<void> {
  const { clock, queues } = options;
  const { EventSourceArn: arn, BatchSize, MaximumBatchingWindowInSeconds: window, ScalingConfig } = mapping;
  const most = ScalingConfig.MaximumConcurrency ?? DEFAULT_CONCURRENCY;
  const underway = new Set<Promise<void>>();
  const gathered: QueueMessage[] = [];
  let endWindow: (() => void) | undefined;
  let isOver = false;
  let pumping = false;
  let again = false;
  let stopped = false;

  const gather = async () => {
    const taken = await queues.receive(arn, BatchSize - gathered.length);
    if (taken.length > 0 && gathered.length === 0 && window > 0) {
      endWindow = clock.at(clock.now() + window * 1_000, () => {
        isOver = true;
        return pump();
      });
    }
    gathered.push(...taken);
  };
  /** The next batch, or undefined where there is none yet. */
  const next = async (): Promise<QueueMessage[] | undefined> => {
    if (gathered.length < BatchSize) await gather();
    const isReady = gathered.length === BatchSize || (gathered.length > 0 && (window === 0 || isOver));
    if (!isReady || stopped) return undefined;
    const batch = gathered.splice(0, countWithin(gathered, MOST_BYTES));
    endWindow?.();
    // What did not fit has waited long enough.
    isOver = gathered.length > 0;
    return batch;
  };
  // A batch that cannot be delivered comes again when its visibility timeout ends.
  const pump = async () => {
    again = true;
    if (pumping) return;
    pumping = true;
    const ended = clock.activity.begin();
    try {
      while (again && !stopped) {
        again = false;
        while (!stopped && underway.size < most) {
          const batch = await next();
          if (!batch) break;
          const delivery: Promise<void> = deliver(batch, mapping, options)
            .catch(() => undefined)
            .finally(() => {
              underway.delete(delivery);
              void pump();
            });
          underway.add(delivery);
        }
      }
    } catch {
      // A full disk is tried again; a queue that is gone is not.
      if (!stopped && queues.exists(arn)) setTimeout(() => void pump(), AGAIN_MS).unref();
    } finally {
      pumping = false;
      ended();
    }
  };
  const unwatch = queues.watch(arn, () => void pump());
  void pump();
  return async () => {
    stopped = true;
    unwatch();
    endWindow?.();
    await Promise.race([Promise.all(underway), new Promise((resolve) => setTimeout(resolve, 2_000))]);
  };
}

async function deliver(messages: QueueMessage[], mapping: Mapping, options: EventSourcesOptions) {
  const { EventSourceArn: arn, FunctionName, FunctionResponseTypes } = mapping;
  const { queues, region, resolve, run } = options;
  const target = resolve(FunctionName);
  if (!target) return;
  const event = { Records: messages.map((message) => toRecord(message, { arn, region })) };
  const end = await run(target, event, randomUUID());
  const failed = failures(end, { messages, isPartial: FunctionResponseTypes.length > 0 });
  const done = messages.filter(({ messageId }) => !failed.has(messageId));
  if (done.length === 0) return;
  await queues.delete(
    arn,
    done.map(({ receiptHandle }) => receiptHandle),
  );
}

const Answer = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullable();

/** The ids of the messages that failed: all of them where the function failed, or where its answer names one that it was not given. */
function failures(
  end: InvocationEnd,
  { messages, isPartial }: { messages: readonly QueueMessage[]; isPartial: boolean },
): Set<string> {
  const all = new Set(messages.map(({ messageId }) => messageId));
  if (end.kind !== "answer") return all;
  if (!isPartial) return new Set();
  const parsed = Answer.safeParse(JSON.parse(end.payload));
  if (!parsed.success) return all;
  const failed = parsed.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? [];
  return failed.every((id) => all.has(id)) ? new Set(failed) : all;
}

/** How many of the messages fit; at least one. */
function countWithin(messages: readonly QueueMessage[], limit: number): number {
  let bytes = 0;
  const over = messages.findIndex(({ body, messageAttributes }) => {
    bytes += Buffer.byteLength(body) + Buffer.byteLength(JSON.stringify(messageAttributes)) + 1_024;
    return bytes > limit;
  });
  return over < 0 ? messages.length : Math.max(1, over);
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
