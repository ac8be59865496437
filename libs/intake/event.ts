import { createHash } from "node:crypto";
import type { Bucket, startExecution } from "#platform";
import {
  bucketTrigger,
  Continuation,
  type Contract,
  type InputReference,
  inputPrefix,
  type QueueTrigger,
  Rerun,
} from "#workflow";
import type { CloudEvent } from "./cloud-event.ts";
import { DocumentInput } from "./document-input.ts";
import { RefusedMessageError } from "./errors.ts";
import { refusalOf } from "./refusal.ts";

export interface EventPorts {
  bucket: Pick<Bucket, "putNew">;
  start: typeof startExecution;
}

/** The events of executions that go on with another one: the platform's own, which no message may be. */
const ENVELOPES = [
  [Rerun, "a rerun"],
  [Continuation, "a continuation"],
] as const;

/** What travels in a message; a larger input goes to the bucket and travels by reference. */
const LARGEST_INPUT_BYTES = 256 * 1024;

/**
 * Starts the execution that an event asks for. Its name is made of the workflow and the business key, hashed, for a key may
 * name a person: the same event again comes to the same execution, as long as the service keeps it.
 * @throws RefusedMessageError for what the contract does not take, and for a key that another payload has taken
 */
export async function startEvent(
  { data }: CloudEvent,
  { contract, trigger }: { contract: Contract; trigger: QueueTrigger },
  { bucket, start, ...target }: EventPorts & { functionName: string; qualifier: string },
): Promise<{ execution: string }> {
  const parsed = contract.input.safeParse(data);
  if (!parsed.success) throw new RefusedMessageError("INPUT_INVALID", refusalOf(parsed.error, data, "data"));
  // An upload's input names an object by its key: only S3 may say that it is there.
  if (bucketTrigger(contract) && DocumentInput.safeParse(data).success) {
    const expected = "a request, and no document: documents are uploaded";
    throw new RefusedMessageError("INPUT_INVALID", { field: "data", expected, received: "a document's name" });
  }
  // Nor may a producer say what an earlier execution recorded, or is continued with, whatever a lenient contract takes.
  for (const [envelope, received] of ENVELOPES) {
    if (!envelope.safeParse(data).success) continue;
    const expected = "a request, and not what goes on with an earlier execution";
    throw new RefusedMessageError("INPUT_INVALID", { field: "data", expected, received });
  }
  const execution = executionOf(contract, data, trigger);

  // The same data in another order of keys is the same payload: the service compares texts.
  const input = sorted(data);
  const text = JSON.stringify(input);
  const isLarge = Buffer.byteLength(text) > LARGEST_INPUT_BYTES;
  const { started } = await start({ ...target, name: execution, input: isLarge ? await byReference(text) : input });
  if (!started) {
    throw new RefusedMessageError("NAME_TAKEN", {
      field: `data.${trigger.businessKey}`,
      expected: "a key that is new, or its first payload again",
      received: "another payload under the same key",
    });
  }
  return { execution };

  async function byReference(text: string): Promise<InputReference> {
    const hash = sha256(text);
    const key = `${inputPrefix(contract.name)}${execution}.${hash.slice(0, 16)}.json`;
    await bucket.putNew(key, text, "application/json");
    return { inputReference: { key, sha256: hash } };
  }
}

/**
 * The name of the execution that an event is about.
 * @throws RefusedMessageError where the data has no business key
 */
export function executionOf({ name }: Pick<Contract, "name">, data: unknown, event: { businessKey: string }): string {
  return `${name}-${sha256(businessKey(data, event)).slice(0, 32)}`;
}

function businessKey(data: unknown, { businessKey: path }: { businessKey: string }): string {
  const key = path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], data);
  if (typeof key === "string" || typeof key === "number") return String(key);
  throw new RefusedMessageError("INPUT_INVALID", {
    field: `data.${path}`,
    expected: "the business key, a text or a number",
    received: key === undefined ? "nothing" : "something else",
  });
}

/** The value with the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
