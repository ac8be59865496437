import { setTimeout as sleep } from "node:timers/promises";
import type { sendMessages } from "#platform";
import { NotSentError } from "./errors.ts";
import { MOST_BYTES } from "./event.ts";

/** SQS's bound of a batch. */
const MOST_ENTRIES = 10;
const ATTEMPTS = 5;
const FIRST_DELAY_MS = 100;

export type Sent = { sent: true; messageId: string } | { sent: false; error: NotSentError };

/** Whole batches of at most ten messages and a megabyte, in the order that they were given in. */
export function inBatches(bodies: readonly string[]): string[][] {
  const batches: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const body of bodies) {
    const size = Buffer.byteLength(body);
    const last = batches.at(-1);
    if (last && last.length < MOST_ENTRIES && bytes + size <= MOST_BYTES) {
      last.push(body);
      bytes += size;
      continue;
    }
    batches.push([body]);
    bytes = size;
  }
  return batches;
}

/**
 * Sends a batch; what of it the queue did not take for reasons of its own is sent again, with backoff and full jitter, until `endsAt`
 * (`performance.now()`'s milliseconds). Answers for each message, in order; it does not throw.
 */
export async function sendBatch(
  bodies: readonly string[],
  { send, endsAt }: { send: (bodies: readonly string[]) => ReturnType<typeof sendMessages>; endsAt: number },
): Promise<Sent[]> {
  const outcomes = bodies.map((): Sent => late());
  let open = bodies.map((_, index) => index);
  for (let attempt = 1; open.length > 0 && attempt <= ATTEMPTS; attempt += 1) {
    const left = endsAt - performance.now();
    if (left <= 0) break;
    if (attempt > 1) await sleep(Math.min(left, Math.random() * FIRST_DELAY_MS * 2 ** attempt));
    const answers = await send(open.map((index) => bodies[index] ?? "")).catch((error: unknown) => error);
    for (const [place, index] of open.entries())
      outcomes[index] = Array.isArray(answers) ? outcomeOf(answers[place]) : unreached(answers);
    open = open.filter((index) => {
      const outcome = outcomes[index];
      return outcome && !outcome.sent && outcome.error.retryable;
    });
  }
  return outcomes;
}

type Answer = Awaited<ReturnType<typeof sendMessages>>[number];

function outcomeOf(answer: Answer | undefined): Sent {
  if (answer && "messageId" in answer) return { sent: true, messageId: answer.messageId };
  const { code = "NO_ANSWER", ours = false } = answer ?? {};
  return { sent: false, error: new NotSentError(code, `The queue did not take the event: ${code}.`, !ours) };
}

/** Permission, a queue that is not there: no later attempt mends these. The client itself has tried the others three times. */
const FINAL = /AccessDenied|NonExistentQueue|QueueDoesNotExist|InvalidClientToken|UnrecognizedClient|ExpiredToken|KMS/i;

function unreached(error: unknown): Sent {
  const name = error instanceof Error ? error.name : "unknown";
  const message = `The queue could not be reached, or does not take events from here: ${name}.`;
  return { sent: false, error: new NotSentError(name, message, !FINAL.test(name)) };
}

const late = (): Sent => ({
  sent: false,
  error: new NotSentError("LATE", "The event was not sent within its deadline.", true),
});
