import { createHash } from "node:crypto";
import { executionOf, RefusedMessageError, refusalOf } from "#intake";
import { type Contract, queueTrigger } from "#workflow";
import { InvalidEventError } from "./errors.ts";

/** Of the message's body, in bytes: SQS's bound of one message and of a batch. */
export const MOST_BYTES = 1_048_576;

/** An event as it goes out, and the execution that it is about. */
export interface Outgoing {
  execution: string;
  body: string;
}

export interface EventOptions {
  /** Says who sends, as a URI reference: `/shop`. */
  source: string;
  now: () => number;
}

/**
 * A CloudEvent 1.0 in JSON. Its id is made of what it says, so that the same data again is the same event.
 * @throws InvalidEventError for what the contract does not take
 */
export function eventOf(
  contract: Contract,
  { data, signal }: { data: unknown; signal?: string | undefined },
  { source, now }: EventOptions,
): Outgoing {
  const trigger = signal === undefined ? queueTrigger(contract) : contract.signals?.[signal];
  if (!trigger) throw new RangeError(`The workflow ${contract.name} takes no ${signal ?? "events"}.`);
  const schema = "payload" in trigger ? trigger.payload : contract.input;
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new InvalidEventError(contract.name, refusalOf(parsed.error, data, "data"));
  const execution = executionFor(contract, data, trigger);
  const { eventType: type } = trigger;
  const event = {
    specversion: "1.0",
    id: createHash("sha256")
      .update(JSON.stringify([type, data]))
      .digest("hex")
      .slice(0, 32),
    source,
    type,
    time: new Date(now()).toISOString(),
    datacontenttype: "application/json",
    data,
  };
  const body = JSON.stringify(event);
  const bytes = Buffer.byteLength(body);
  if (bytes <= MOST_BYTES) return { execution, body };
  const expected = `at most ${MOST_BYTES} bytes as an event`;
  throw new InvalidEventError(contract.name, { field: "data", expected, received: `${bytes} bytes` });
}

function executionFor(contract: Contract, data: unknown, trigger: { businessKey: string }): string {
  try {
    return executionOf(contract, data, trigger);
  } catch (error) {
    if (error instanceof RefusedMessageError) throw new InvalidEventError(contract.name, error.refusal);
    throw error;
  }
}
