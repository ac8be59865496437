import type { ErrorObject } from "../core/ports.ts";
import type { EngineContext } from "./context.ts";
import { errors } from "./errors.ts";
import { applyOutside } from "./execution.ts";
import { isTerminal, LIMITS } from "./model.ts";

export type CallbackAnswer = { success: string } | { failure: ErrorObject } | { heartbeat: true };

/** Answers a callback, once: a second answer, a late one, and one to an execution that has ended are refused. */
export async function answerCallback(
  context: EngineContext,
  callbackId: string,
  answer: CallbackAnswer,
): Promise<{ arn: string; invokes: boolean }> {
  if ("success" in answer && Buffer.byteLength(answer.success) > LIMITS.callbackBytes)
    throw errors.tooLarge(LIMITS.callbackBytes);
  const found = context.tables.callback(callbackId);
  if (!found) throw errors.notFound("Callback");
  const { arn, operation: id } = found;
  const invokes = await context.change(arn, (execution, journal) => {
    const now = context.clock.now();
    const operation = execution.operations.get(id);
    if (!operation || isTerminal(operation.Status) || execution.record.status !== "RUNNING")
      throw errors.callbackClosed();
    if ("heartbeat" in answer) {
      const seconds = execution.heartbeats.get(id);
      if (seconds !== undefined) journal.timer(id, "heartbeat", now + seconds * 1_000);
      return false;
    }
    for (const kind of ["callback", "heartbeat"] as const) journal.timer(id, kind, undefined);
    const CallbackId = operation.CallbackDetails?.CallbackId ?? "";
    const isSuccess = "success" in answer;
    applyOutside(execution, id, {
      journal,
      now,
      change: (closed) => {
        closed.Status = isSuccess ? "SUCCEEDED" : "FAILED";
        closed.CallbackDetails = isSuccess
          ? { CallbackId, Result: answer.success }
          : { CallbackId, Error: answer.failure };
      },
      event: isSuccess
        ? { type: "CallbackSucceeded", content: { Result: { Payload: answer.success } } }
        : { type: "CallbackFailed", content: { Error: { Payload: answer.failure } } },
    });
    return !execution.record.invocation;
  });
  return { arn, invokes };
}
