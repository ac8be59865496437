import { createHash } from "node:crypto";
import type { Mailboxes } from "#signals";
import type { Contract } from "#workflow";
import type { CloudEvent } from "./cloud-event.ts";
import { RefusedMessageError } from "./errors.ts";
import { executionOf } from "./event.ts";
import { refusalOf } from "./refusal.ts";

/**
 * Puts an event into the mailbox of the execution that it is about, which need not run yet. The same event again, by source
 * and id as CloudEvents has it, is the same signal.
 * @throws RefusedMessageError for what the contract does not take, and for an id that came with something else before
 */
export async function signalEvent(
  event: CloudEvent & { sentAt: string },
  contract: Contract,
  send: Mailboxes["send"],
): Promise<{ execution: string; signal: string }> {
  const [name, trigger] = Object.entries(contract.signals ?? {}).find(([, one]) => one.eventType === event.type) ?? [];
  if (!name || !trigger) throw new Error(`The workflow ${contract.name} takes no signal of type ${event.type}.`);
  const parsed = trigger.payload.safeParse(event.data);
  if (!parsed.success) throw new RefusedMessageError("INPUT_INVALID", refusalOf(parsed.error, event.data, "data"));
  const execution = executionOf(contract, event.data, trigger);
  const id = createHash("sha256")
    .update(JSON.stringify([event.source, event.id]))
    .digest("hex");
  const at = new Date(event.time ?? event.sentAt).toISOString();
  await send(execution, { id, name, at, payload: event.data as never }).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "SIGNAL_INVALID")) throw error;
    throw new RefusedMessageError("SIGNAL_REFUSED", {
      field: "data",
      expected: "at most 64 KB, and what it was before where source and id came before",
      received: "something else",
    });
  });
  return { execution, signal: name };
}
