import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ErrorObject, FunctionVersion, InvocationEnd } from "../core/ports.ts";
import type { EngineContext } from "./context.ts";
import { recordEnd } from "./ending.ts";
import { type Change, completeInvocation, finish, type KeptOperation } from "./execution.ts";
import { isTerminal } from "./model.ts";
import { firstPage } from "./state.ts";
import { tokenOf } from "./tokens.ts";
import { ErrorShape } from "./updates.ts";

const Answer = z.discriminatedUnion("Status", [
  z.object({ Status: z.literal("SUCCEEDED"), Result: z.string().nullish() }),
  z.object({ Status: z.literal("FAILED"), Error: ErrorShape.nullish() }),
  z.object({ Status: z.literal("PENDING") }),
]);

/** Lost invocations are repeated at once, for so many times in a row; then, like failed ones, later and later. */
const AT_ONCE = 3;
const MOST_BACKOFF_MS = 60_000;

export interface Begun {
  version: FunctionVersion;
  requestId: string;
  event: unknown;
  tenantId?: string;
}

/** Within a transaction: an invocation begins. Undefined where the version is gone, which ends the execution. */
export function beginInvocation(context: EngineContext, change: Change): Begun | undefined {
  const { execution, now, journal } = change;
  const { record } = execution;
  const version = context.functions.resolve(record.functionName, record.version);
  if (!version) {
    const ErrorMessage = `The version ${record.version} of ${record.functionName} is gone.`;
    finish(change, { status: "FAILED", error: { ErrorType: "ResourceNotFoundException", ErrorMessage } });
    recordEnd(context, change);
    return undefined;
  }
  if (record.failures > 0) journal.timer("", "invocation", undefined);
  const requestId = randomUUID();
  record.invocation = { requestId, startedAt: now, since: execution.operations.size };
  record.due = false;
  record.token += 1;
  record.watermark = record.changes;
  execution.delta.clear();
  const UpdatedOperationIds = record.outside;
  record.outside = [];
  const event = {
    DurableExecutionArn: record.arn,
    CheckpointToken: tokenOf(record),
    UpdatedOperationIds,
    InitialExecutionState: firstPage(execution, context.tables.input(execution.row)),
  };
  return { version, requestId, event, ...(record.tenantId !== undefined && { tenantId: record.tenantId }) };
}

/** Within a transaction: an invocation has come back. What it answered counts only while the execution runs. */
export function endInvocation(
  context: EngineContext,
  change: Change,
  returned: { requestId: string; end: InvocationEnd },
) {
  const { record } = change.execution;
  // Stopped or timed out meanwhile: its end is written down already.
  if (record.invocation?.requestId !== returned.requestId) return;
  // Ended by a checkpoint of its own.
  if (record.status !== "RUNNING") return close(context, change);
  const answer = readAnswer(returned.end);
  if ("error" in answer) return retry(change, answer);
  record.failures = 0;
  if (answer.Status === "SUCCEEDED") {
    finish(change, { status: "SUCCEEDED", ...(typeof answer.Result === "string" && { result: answer.Result }) });
    return close(context, change);
  }
  if (answer.Status === "FAILED") {
    finish(change, { status: "FAILED", error: answer.Error ?? {} });
    return close(context, change);
  }
  if (!record.due && ![...change.execution.operations.values()].some(isPending)) {
    const ErrorMessage = "Cannot return PENDING status with no pending operations.";
    finish(change, { status: "FAILED", error: { ErrorType: "InvalidParameterValueException", ErrorMessage } });
    return close(context, change);
  }
  completeInvocation(change);
}

/** Within a transaction, at the process's start: the invocation under way was lost with the process before. */
export function loseInvocation(context: EngineContext, change: Change) {
  const { record } = change.execution;
  if (record.status !== "RUNNING") return close(context, change);
  completeInvocation(change, {
    ErrorType: "Runtime.ExitError",
    ErrorMessage: "The invocation was lost when the local cloud ended.",
  });
  record.due = true;
}

function close(context: EngineContext, change: Change) {
  const { status, error } = change.execution.record;
  completeInvocation(change, status === "FAILED" ? error : undefined);
  recordEnd(context, change);
}

/** The operations stay as they are; whatever changed meanwhile is seen by the next invocation. */
function retry(change: Change, { error, isLost }: { error: ErrorObject; isLost: boolean }) {
  const { record } = change.execution;
  completeInvocation(change, error);
  record.failures += 1;
  record.due = isLost && record.failures <= AT_ONCE;
  if (record.due) return;
  const delay = Math.min(1_000 * 2 ** Math.min(record.failures - 1, 10), MOST_BACKOFF_MS);
  change.journal.timer("", "invocation", change.now + delay);
}

const isPending = ({ operation: { Type, Status } }: KeptOperation) =>
  Type === "STEP" ? Status === "PENDING" || Status === "READY" : Type !== "CONTEXT" && !isTerminal(Status);

const UNREADABLE = {
  ErrorType: "Runtime.InvalidOutput",
  ErrorMessage: "The function did not answer as a durable function does.",
};

function readAnswer(end: InvocationEnd): z.infer<typeof Answer> | { error: ErrorObject; isLost: boolean } {
  if (end.kind !== "answer") return { error: end.error, isLost: end.kind === "exit" };
  try {
    return Answer.parse(JSON.parse(end.payload));
  } catch {
    return { error: UNREADABLE, isLost: false };
  }
}
