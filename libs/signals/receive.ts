import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { z } from "zod";
import { partOf, step } from "#workflow";
import { mailboxesFromEnvironment } from "./environment.ts";
import { InvalidSignalError } from "./errors.ts";
import type { Mailboxes } from "./mailbox.ts";
import type { Signal } from "./signal.ts";

/** A workflow's signals by name, each with what it must carry. */
export type SignalSchemas = Readonly<Record<string, z.ZodType>>;

/** A signal as a workflow takes it: one of those that it names, with its payload checked. */
export type Received<Schemas extends SignalSchemas> = {
  [Name in keyof Schemas & string]: { name: Name; id: string; at: string; payload: z.output<Schemas[Name]> };
}[keyof Schemas & string];

export interface ReceiveOptions<Schemas extends SignalSchemas> {
  /** The signals that end the wait; others stay in the mailbox for a later one. */
  signals: Schemas;
  /** When it ends without a signal, as an instant: epoch milliseconds or ISO 8601 in UTC. Absent: when the execution does. */
  until?: number | string;
  /** Default: the deployment's. */
  mailboxes?: Mailboxes;
}

/** The service's bound of a callback's timeout, in seconds; a later instant is waited for in parts. */
const LONGEST_SECONDS = 99_999_999;

/**
 * Sleeps until one of `signals` is in this execution's mailbox, also one that came before, or until an instant; then answers
 * null. Signals come in the order of their sending, each once. Three durable operations (callback, listen, take).
 * `name` is static and unique in the execution: it is what a repeated wait knows its signal by.
 * @example const moved = await receive(ctx, "until the first day", { signals: { moved: Moved }, until: start });
 */
export async function receive<Schemas extends SignalSchemas>(
  ctx: DurableContext,
  name: string,
  { signals, until, mailboxes }: ReceiveOptions<Schemas>,
): Promise<Received<Schemas> | null> {
  const open = () => mailboxes ?? mailboxesFromEnvironment();
  // A case that is continued keeps the mailbox of its first part, which the business key names; a wait is its part's own.
  const { first: execution, part } = partOf(ctx);
  for (let round = 1; ; round += 1) {
    const wait = round === 1 ? name : `${name}, again ${round}`;
    const listener = { execution, wait: part === 1 ? wait : `${wait}, part ${part}`, names: Object.keys(signals) };
    const [bell, callbackId] = await ctx.createCallback(wait, timeoutOf(until));
    await step(ctx, `listen ${wait}`, async () => {
      await open().listen({ ...listener, callbackId });
      return null;
    });
    const woken = await isRung(bell);
    const signal = await step(ctx, `take ${wait}`, () => open().take(listener));
    if (signal) return checked(signals, signal);
    // Woken for a signal that another wait of this execution was faster to take: this one is not over.
    if (!woken) return null;
  }
}

function checked<Schemas extends SignalSchemas>(signals: Schemas, signal: Signal): Received<Schemas> {
  const parsed = signals[signal.name]?.safeParse(signal.payload);
  if (!parsed?.success) {
    const problem = parsed ? z.prettifyError(parsed.error) : "another name";
    throw new InvalidSignalError(
      `The signal ${signal.name} is not as this version of the workflow reads it. ${problem}`,
    );
  }
  return { ...signal, payload: parsed.data } as Received<Schemas>;
}

/** How long from now: only the first run of this line counts, later ones find the callback made. */
function timeoutOf(until: number | string | undefined) {
  if (until === undefined) return {};
  const seconds = Math.ceil((new Date(until).getTime() - Date.now()) / 1_000);
  return { timeout: { seconds: Math.min(Math.max(seconds, 1), LONGEST_SECONDS) } };
}

/** False where its time ran out. */
async function isRung(bell: PromiseLike<unknown>): Promise<boolean> {
  try {
    await bell;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "CallbackTimeoutError") return false;
    throw error;
  }
}
