import type { z } from "zod";
import { names } from "#deployment";
import { findQueue, sendMessages } from "#platform";
import { type Contract, queueTrigger } from "#workflow";
import { inBatches, type Sent, sendBatch } from "./batches.ts";
import { InvalidEventError, NotSentError } from "./errors.ts";
import { eventOf, type Outgoing } from "./event.ts";

/** The contracts of the workflows that are sent to, by name. */
export type Contracts = Readonly<Record<string, Contract>>;
export type InputOf<C extends Contract> = z.input<C["input"]>;

export interface ProducerOptions {
  /** Who sends, as a URI reference. */
  source: string;
  /** The queue's URL, where it is another account's; default: this account's queue of the workflow's name. */
  queueUrl?: (workflow: string) => string;
  /** What one call may take in all, retries included. Default 30 s. */
  deadlineMs?: number;
}

/** What became of one of many: the execution that it starts (the same for the same business key), or why it was not sent. */
export type Outcome =
  | { sent: true; execution: string; messageId: string }
  | { sent: false; error: InvalidEventError | NotSentError };

/** Batches that are on their way at once. */
const AT_ONCE = 4;

/**
 * Sends events to workflows, each checked by the workflow's contract before it leaves. The same input again is harmless, and so is
 * any retry: the business key makes the execution's name.
 * @example
 * const producer = createProducer({ payments }, { source: "/shop" });
 * const { execution } = await producer.start("payments", payment);
 */
export function createProducer<All extends Contracts>(contracts: All, options: ProducerOptions) {
  const { source, deadlineMs = 30_000 } = options;
  for (const [name, contract] of Object.entries(contracts)) {
    if (contract.name !== name) throw new RangeError(`Expected the contract of ${name}, got that of ${contract.name}.`);
    if (!queueTrigger(contract)) throw new RangeError(`No event starts ${name}: upload its documents.`);
  }
  const queues = new Map<string, Promise<string>>();
  const queueOf = (workflow: string) => {
    const given = options.queueUrl?.(workflow);
    if (given !== undefined) return Promise.resolve(given);
    const known = queues.get(workflow) ?? findQueue(names.queue(workflow));
    queues.set(workflow, known);
    // What could not be found is looked for again the next time.
    known.catch(() => queues.delete(workflow));
    return known;
  };

  async function sendAll(workflow: string, inputs: readonly unknown[], signal?: string): Promise<Outcome[]> {
    const contract = contracts[workflow];
    if (!contract) throw new RangeError(`Expected one of ${Object.keys(contracts).join(", ")}, got ${workflow}.`);
    const made = inputs.map((data) => make(contract, data, signal));
    const going = made.filter((one): one is Outgoing => "body" in one);
    const endsAt = performance.now() + deadlineMs;
    const send = async (bodies: readonly string[]) => sendMessages(await queueOf(workflow), bodies);
    const batches = inBatches(going.map(({ body }) => body));
    const sent: Sent[] = [];
    for (let at = 0; at < batches.length; at += AT_ONCE) {
      const some = batches.slice(at, at + AT_ONCE).map((batch) => sendBatch(batch, { send, endsAt }));
      sent.push(...(await Promise.all(some)).flat());
    }
    const outcomes = sent.values();
    return made.map((one) => {
      if (!("body" in one)) return { sent: false, error: one };
      const outcome = outcomes.next().value;
      return outcome?.sent
        ? { ...outcome, execution: one.execution }
        : { sent: false, error: outcome?.error ?? MISSING };
    });
  }

  function make(contract: Contract, data: unknown, signal: string | undefined): Outgoing | InvalidEventError {
    try {
      return eventOf(contract, { data, signal }, { source, now: Date.now });
    } catch (error) {
      if (error instanceof InvalidEventError) return error;
      throw error;
    }
  }

  const only = ([outcome]: Outcome[]) => {
    if (!outcome) throw MISSING;
    if (!outcome.sent) throw outcome.error;
    return { execution: outcome.execution, messageId: outcome.messageId };
  };

  return {
    /**
     * Starts one execution. @throws InvalidEventError before anything is sent; NotSentError where the queue did not take it
     */
    start: async <Name extends keyof All & string>(workflow: Name, input: InputOf<All[Name]>) =>
      only(await sendAll(workflow, [input])),
    /** Starts many, ten in a request. Answers for each, in order; it throws for none of them. */
    startAll: <Name extends keyof All & string>(workflow: Name, inputs: readonly InputOf<All[Name]>[]) =>
      sendAll(workflow, inputs),
    /** Sends a signal, named as in the contract, to the execution of its business key, once it runs or before. */
    signal: async <Name extends keyof All & string>(
      workflow: Name,
      signal: keyof NonNullable<All[Name]["signals"]> & string,
      payload: Readonly<Record<string, unknown>>,
    ) => only(await sendAll(workflow, [payload], signal)),
  };
}

const MISSING = new NotSentError("NO_ANSWER", "The queue did not say what became of the event.", true);
