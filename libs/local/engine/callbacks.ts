import type { ErrorObject } from "../core/ports.ts";
import type { EngineContext } from "./context.ts";
import { errors } from "./errors.ts";
import type { Change } from "./execution.ts";
import { LIMITS } from "./limits.ts";
import { isTerminal, type Operation } from "./model.ts";
import { applyOutside } from "./outside.ts";

export type CallbackAnswer = { success: string | undefined } | { failure: ErrorObject } | "heartbeat";

/**
 * Answers a callback, once.
 * @throws WireError CallbackTimeoutException for a second answer, a late one, and one to an execution that has ended
 */
export async function answerCallback(context: EngineContext, callbackId: string, answer: CallbackAnswer) {
  if (sizeOf(answer) > LIMITS.callbackBytes) throw errors.tooLarge(LIMITS.callbackBytes);
  const found = context.notes.callback(callbackId);
  if (!found) throw errors.notFound("Callback");
  await context.transactions.change(found.arn, (change) => {
    const { record, operations } = change.execution;
    const kept = operations.get(found.operation);
    if (!kept || isTerminal(kept.operation.Status) || record.status !== "RUNNING") throw errors.callbackClosed();
    if (answer === "heartbeat") {
      if (kept.heartbeat !== undefined)
        change.journal.timer(found.operation, "heartbeat", change.now + kept.heartbeat * 1_000);
      return;
    }
    record.bytes += sizeOf(answer);
    settleCallback(change, kept.operation, answer);
  });
}

function settleCallback(change: Change, { Id, CallbackDetails }: Operation, answer: Exclude<CallbackAnswer, string>) {
  for (const kind of ["callback", "heartbeat"] as const) change.journal.timer(Id, kind, undefined);
  const CallbackId = CallbackDetails?.CallbackId ?? "";
  if ("failure" in answer) {
    applyOutside(change, Id, {
      become: (operation) => ({
        ...operation,
        Status: "FAILED",
        CallbackDetails: { CallbackId, Error: answer.failure },
      }),
      event: { type: "CallbackFailed", content: { Error: { Payload: answer.failure } } },
    });
    return;
  }
  const { success } = answer;
  const result = success === undefined ? {} : { Result: success };
  applyOutside(change, Id, {
    become: (operation) => ({ ...operation, Status: "SUCCEEDED", CallbackDetails: { CallbackId, ...result } }),
    event: { type: "CallbackSucceeded", content: { Result: success === undefined ? {} : { Payload: success } } },
  });
}

function sizeOf(answer: CallbackAnswer): number {
  if (answer === "heartbeat") return 0;
  return Buffer.byteLength("failure" in answer ? JSON.stringify(answer.failure) : (answer.success ?? ""));
}
