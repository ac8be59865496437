import { randomBytes } from "node:crypto";
import { errors } from "./errors.ts";
import { addEvent, type Change, failure, finish, payload, put } from "./execution.ts";
import { LIMITS } from "./limits.ts";
import type { Operation } from "./model.ts";
import type { OperationUpdate } from "./updates.ts";

/** One validated update on its way into an execution; `operation` is a copy that may be changed. */
interface Applying extends Change {
  update: OperationUpdate;
  operation: Operation;
}

/** Applies one validated update. @throws WireError where a limit of the execution is passed */
export function applyUpdate(change: Change, update: OperationUpdate) {
  const { record, operations } = change.execution;
  addBytes(
    change,
    Buffer.byteLength(update.Payload ?? "") + (update.Error ? Buffer.byteLength(JSON.stringify(update.Error)) : 0),
  );
  if (update.Type === "EXECUTION") {
    const { Action, Payload, Error: error } = update;
    if (Action === "FAIL") finish(change, { status: "FAILED", error: error ?? {} });
    else finish(change, { status: "SUCCEEDED", ...(Payload !== undefined && { result: Payload }) });
    return;
  }
  const known = operations.get(update.Id)?.operation;
  if (!known || update.Action === "RETRY") record.operations += 1;
  if (record.operations > LIMITS.operations)
    throw errors.invalid(`The execution has used more than ${LIMITS.operations} operations.`);
  const operation: Operation = known ? { ...known } : create(update, change.now);
  const applying = { ...change, update, operation };
  if (!known && update.Action !== "START") started(applying);
  APPLY[update.Type](applying);
}

/** Counts what the execution has written. */
export function addBytes({ execution: { record } }: Change, bytes: number) {
  record.bytes += bytes;
  if (record.bytes > LIMITS.bytes) throw errors.invalid(`The execution has written more than ${LIMITS.bytes} bytes.`);
}

function create({ Id, ParentId, Name, Type, SubType }: OperationUpdate, now: number): Operation {
  return {
    Id,
    ...(ParentId !== undefined && { ParentId }),
    ...(Name !== undefined && { Name }),
    Type,
    ...(SubType !== undefined && { SubType }),
    Status: "STARTED",
    StartTimestamp: now,
  };
}

/** Also where an operation is closed without a start of its own: the history has one all the same. */
function started(applying: Applying) {
  const { operation } = applying;
  addEvent(applying, operation.Type === "STEP" ? "StepStarted" : "ContextStarted", { subject: operation, content: {} });
}

function close({ operation, now }: Applying, status: Operation["Status"]) {
  operation.Status = status;
  operation.EndTimestamp = now;
}

const APPLY: Readonly<Record<Exclude<OperationUpdate["Type"], "EXECUTION">, (applying: Applying) => void>> = {
  STEP(applying) {
    const { update, operation, now, journal } = applying;
    const attempt = operation.StepDetails?.Attempt ?? 0;
    if (update.Action === "START") {
      const { NextAttemptTimestamp: _, ...details } = operation.StepDetails ?? { Attempt: attempt };
      operation.Status = "STARTED";
      operation.StepDetails = details;
      put(applying, operation);
      return started(applying);
    }
    const isRetry = update.Action === "RETRY";
    const isSuccess = update.Action === "SUCCEED" || (isRetry && update.Error === undefined);
    const delay = isRetry ? update.StepOptions?.NextAttemptDelaySeconds : undefined;
    operation.StepDetails = {
      Attempt: attempt + 1,
      ...(update.Payload !== undefined && { Result: update.Payload }),
      ...(update.Error && { Error: update.Error }),
      ...(delay !== undefined && { NextAttemptTimestamp: now + delay * 1_000 }),
    };
    if (isRetry) {
      operation.Status = "PENDING";
      journal.timer(operation.Id, "retry", operation.StepDetails.NextAttemptTimestamp);
    } else close(applying, isSuccess ? "SUCCEEDED" : "FAILED");
    put(applying, operation);
    const RetryDetails = {
      CurrentAttempt: attempt + 1,
      ...(delay !== undefined && { NextAttemptDelaySeconds: delay }),
    };
    addEvent(applying, isSuccess ? "StepSucceeded" : "StepFailed", {
      subject: operation,
      content: { ...(isSuccess ? { Result: payload(update.Payload) } : failure(update.Error)), RetryDetails },
    });
  },

  CONTEXT(applying) {
    const { update, operation } = applying;
    if (update.Action === "START") {
      put(applying, operation);
      return started(applying);
    }
    const isSuccess = update.Action === "SUCCEED";
    close(applying, isSuccess ? "SUCCEEDED" : "FAILED");
    operation.ContextDetails = {
      ...(update.Payload !== undefined && { Result: update.Payload }),
      ...(update.Error && { Error: update.Error }),
      ...(update.ContextOptions?.ReplayChildren && { ReplayChildren: true }),
    };
    put(applying, operation);
    addEvent(applying, isSuccess ? "ContextSucceeded" : "ContextFailed", {
      subject: operation,
      content: isSuccess ? { Result: payload(update.Payload) } : failure(update.Error),
    });
  },

  WAIT(applying) {
    const { update, operation, now, journal } = applying;
    if (update.Action === "CANCEL") {
      close(applying, "CANCELLED");
      journal.timer(operation.Id, "wait", undefined);
      put(applying, operation);
      const content = update.Error ? failure(update.Error) : {};
      return addEvent(applying, "WaitCancelled", { subject: operation, content });
    }
    const Duration = update.WaitOptions?.WaitSeconds ?? 1;
    const ScheduledEndTimestamp = now + Duration * 1_000;
    operation.WaitDetails = { ScheduledEndTimestamp };
    journal.timer(operation.Id, "wait", ScheduledEndTimestamp);
    put(applying, operation);
    addEvent(applying, "WaitStarted", { subject: operation, content: { Duration, ScheduledEndTimestamp } });
  },

  CALLBACK(applying) {
    const { update, operation, now, journal } = applying;
    const CallbackId = randomBytes(48).toString("base64");
    operation.CallbackDetails = { CallbackId };
    journal.callback(CallbackId, operation.Id);
    const { TimeoutSeconds: timeout = 0, HeartbeatTimeoutSeconds: heartbeat = 0 } = update.CallbackOptions ?? {};
    if (timeout > 0) journal.timer(operation.Id, "callback", now + timeout * 1_000);
    if (heartbeat > 0) journal.timer(operation.Id, "heartbeat", now + heartbeat * 1_000);
    put(applying, operation, heartbeat > 0 ? heartbeat : undefined);
    const content = {
      CallbackId,
      ...(timeout > 0 && { Timeout: timeout }),
      ...(heartbeat > 0 && { HeartbeatTimeout: heartbeat }),
    };
    addEvent(applying, "CallbackStarted", { subject: operation, content });
  },

  CHAINED_INVOKE(applying) {
    const { update, operation, journal } = applying;
    if (update.Action === "CANCEL") {
      close(applying, "CANCELLED");
      journal.cancelChainedInvoke(operation.Id);
      put(applying, operation);
      return addEvent(applying, "ChainedInvokeStopped", { subject: operation, content: failure(update.Error) });
    }
    const { FunctionName = "", TenantId } = update.ChainedInvokeOptions ?? {};
    const input = update.Payload ?? "{}";
    operation.ChainedInvokeDetails = {};
    put(applying, operation);
    const target = { functionName: FunctionName, input, ...(TenantId && { tenantId: TenantId }) };
    const known = journal.chainedInvoke(operation.Id, target);
    const content = { FunctionName, Input: payload(input), ...(TenantId && { TenantId }), ...known };
    addEvent(applying, "ChainedInvokeStarted", { subject: operation, content });
  },
};
