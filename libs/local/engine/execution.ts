import { randomBytes } from "node:crypto";
import type { ErrorObject, ExecutionEnd } from "../core/ports.ts";
import { errors } from "./errors.ts";
import { type ExecutionRecord, isTerminal, LIMITS, type Operation, type OperationUpdate } from "./model.ts";

export type TimerKind = "wait" | "retry" | "callback" | "heartbeat" | "execution" | "invocation" | "retention";

/** What a change of an execution writes down; the caller keeps it inside one transaction. */
export interface Journal {
  operation(operation: Operation, change: number): void;
  event(id: number, event: object): void;
  timer(operation: string, kind: TimerKind, at: number | undefined): void;
  callback(callbackId: string, operation: string): void;
  chainedInvoke(operation: Operation, target: { functionName: string; tenantId?: string; input: string }): void;
}

/** One execution in memory: its record and its operations. Each method changes both and writes the change to the journal. */
export interface Execution {
  record: ExecutionRecord;
  operations: Map<string, Operation>;
  /** How long a heartbeat may be missed, by callback operation. */
  heartbeats: Map<string, number>;
}

const details = (value: string | undefined) => ({ Payload: value });
const failure = (error: ErrorObject | undefined) => ({ Error: { Payload: error ?? {} } });

export function addEvent(
  { record }: Execution,
  journal: Journal,
  type: string,
  operation: Operation | undefined,
  content: object,
  at: number,
) {
  record.events += 1;
  const { Id, Name, SubType, ParentId } = operation ?? { Id: record.id, Name: record.name };
  journal.event(record.events, {
    EventId: record.events,
    EventType: type,
    EventTimestamp: at,
    Id,
    ...(Name !== undefined && { Name }),
    ...(SubType !== undefined && { SubType }),
    ...(ParentId !== undefined && { ParentId }),
    [`${type}Details`]: content,
  });
}

function changed({ record, operations }: Execution, journal: Journal, operation: Operation) {
  record.changes += 1;
  operations.set(operation.Id, operation);
  journal.operation(operation, record.changes);
}

/** Applies one validated update. */
export function applyUpdate(
  execution: Execution,
  update: OperationUpdate,
  { journal, now }: { journal: Journal; now: number },
) {
  const { record, operations } = execution;
  record.bytes +=
    Buffer.byteLength(update.Payload ?? "") + (update.Error ? Buffer.byteLength(JSON.stringify(update.Error)) : 0);
  if (record.bytes > LIMITS.bytes) throw errors.invalid(`The execution has written more than ${LIMITS.bytes} bytes.`);
  if (update.Type === "EXECUTION") {
    finish(
      execution,
      update.Action === "SUCCEED"
        ? { status: "SUCCEEDED", ...(update.Payload !== undefined && { result: update.Payload }) }
        : { status: "FAILED", error: update.Error ?? {} },
      now,
    );
    return;
  }
  const known = operations.get(update.Id);
  if (!known || update.Action === "RETRY") record.operations += 1;
  if (record.operations > LIMITS.operations)
    throw errors.invalid(`The execution has used more than ${LIMITS.operations} operations.`);
  const operation = known ? structuredClone(known) : create(update, now);
  const context = { execution, update, operation, journal, now };
  if (!known && update.Action !== "START") start(context);
  APPLY[update.Type](context);
  changed(execution, journal, operation);
}

interface Context {
  execution: Execution;
  update: OperationUpdate;
  operation: Operation;
  journal: Journal;
  now: number;
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

const EVENT_NAMES = {
  STEP: "Step",
  CONTEXT: "Context",
  WAIT: "Wait",
  CALLBACK: "Callback",
  CHAINED_INVOKE: "ChainedInvoke",
  EXECUTION: "Execution",
} as const;

/** The start of an operation that is closed without one is in the history all the same. */
function start({ execution, update, operation, journal, now }: Context) {
  addEvent(execution, journal, `${EVENT_NAMES[update.Type]}Started`, operation, {}, now);
}

function close({ operation, now }: Context, status: Operation["Status"]) {
  operation.Status = status;
  operation.EndTimestamp = now;
}

const APPLY: Readonly<Record<Exclude<OperationUpdate["Type"], "EXECUTION">, (context: Context) => void>> = {
  STEP(context) {
    const { execution, update, operation, journal, now } = context;
    const attempt = operation.StepDetails?.Attempt ?? 0;
    if (update.Action === "START") {
      operation.Status = "STARTED";
      operation.StepDetails = { ...operation.StepDetails, Attempt: attempt };
      delete operation.StepDetails.NextAttemptTimestamp;
      return start(context);
    }
    const CurrentAttempt = attempt + 1;
    operation.StepDetails = { Attempt: CurrentAttempt };
    if (update.Payload !== undefined) operation.StepDetails.Result = update.Payload;
    if (update.Error) operation.StepDetails.Error = update.Error;
    const delay = update.StepOptions?.NextAttemptDelaySeconds;
    const RetryDetails = { CurrentAttempt, ...(update.Action === "RETRY" && { NextAttemptDelaySeconds: delay }) };
    if (update.Action === "RETRY") {
      operation.Status = "PENDING";
      operation.StepDetails.NextAttemptTimestamp = now + (delay ?? 1) * 1_000;
      journal.timer(operation.Id, "retry", operation.StepDetails.NextAttemptTimestamp);
    } else close(context, update.Action === "SUCCEED" ? "SUCCEEDED" : "FAILED");
    const isSuccess = update.Action === "SUCCEED" || (update.Action === "RETRY" && update.Error === undefined);
    const content = isSuccess
      ? { Result: details(update.Payload), RetryDetails }
      : { ...failure(update.Error), RetryDetails };
    addEvent(execution, journal, isSuccess ? "StepSucceeded" : "StepFailed", operation, content, now);
  },
  CONTEXT(context) {
    const { execution, update, operation, journal, now } = context;
    if (update.Action === "START") return start(context);
    const isSuccess = update.Action === "SUCCEED";
    close(context, isSuccess ? "SUCCEEDED" : "FAILED");
    operation.ContextDetails = {
      ...(update.Payload !== undefined && { Result: update.Payload }),
      ...(update.Error && { Error: update.Error }),
      ...(update.ContextOptions?.ReplayChildren && { ReplayChildren: true }),
    };
    addEvent(
      execution,
      journal,
      isSuccess ? "ContextSucceeded" : "ContextFailed",
      operation,
      isSuccess ? { Result: details(update.Payload) } : failure(update.Error),
      now,
    );
  },
  WAIT(context) {
    const { execution, update, operation, journal, now } = context;
    if (update.Action === "CANCEL") {
      close(context, "CANCELLED");
      journal.timer(operation.Id, "wait", undefined);
      return addEvent(execution, journal, "WaitCancelled", operation, update.Error ? failure(update.Error) : {}, now);
    }
    const seconds = update.WaitOptions?.WaitSeconds ?? 1;
    const end = now + seconds * 1_000;
    operation.WaitDetails = { ScheduledEndTimestamp: end };
    journal.timer(operation.Id, "wait", end);
    addEvent(execution, journal, "WaitStarted", operation, { Duration: seconds, ScheduledEndTimestamp: end }, now);
  },
  CALLBACK({ execution, update, operation, journal, now }) {
    const CallbackId = randomBytes(32).toString("base64");
    operation.CallbackDetails = { CallbackId };
    journal.callback(CallbackId, operation.Id);
    const { TimeoutSeconds: timeout = 0, HeartbeatTimeoutSeconds: heartbeat = 0 } = update.CallbackOptions ?? {};
    if (timeout > 0) journal.timer(operation.Id, "callback", now + timeout * 1_000);
    if (heartbeat > 0) {
      execution.heartbeats.set(operation.Id, heartbeat);
      journal.timer(operation.Id, "heartbeat", now + heartbeat * 1_000);
    }
    const content = {
      CallbackId,
      ...(timeout > 0 && { Timeout: timeout }),
      ...(heartbeat > 0 && { HeartbeatTimeout: heartbeat }),
    };
    addEvent(execution, journal, "CallbackStarted", operation, content, now);
  },
  CHAINED_INVOKE(context) {
    const { execution, update, operation, journal, now } = context;
    if (update.Action === "CANCEL") {
      close(context, "CANCELLED");
      return addEvent(execution, journal, "ChainedInvokeStopped", operation, failure(update.Error), now);
    }
    const { FunctionName = "", TenantId } = update.ChainedInvokeOptions ?? {};
    const input = update.Payload ?? "{}";
    operation.ChainedInvokeDetails = {};
    addEvent(
      execution,
      journal,
      "ChainedInvokeStarted",
      operation,
      { FunctionName, Input: details(input), ...(TenantId && { TenantId }) },
      now,
    );
    journal.chainedInvoke(operation, { functionName: FunctionName, input, ...(TenantId && { tenantId: TenantId }) });
  },
};

/** The outside (a timer, a callback, a child) ends or wakes an operation. The event of a callback or child comes after the invocation that started it. */
export function applyOutside(
  execution: Execution,
  id: string,
  {
    journal,
    now,
    change,
    event,
  }: {
    journal: Journal;
    now: number;
    change: (operation: Operation) => void;
    event?: { type: string; content: object };
  },
): boolean {
  const known = execution.operations.get(id);
  if (!known || isTerminal(known.Status) || execution.record.status !== "RUNNING") return false;
  const operation = structuredClone(known);
  change(operation);
  if (isTerminal(operation.Status)) operation.EndTimestamp = now;
  changed(execution, journal, operation);
  const { record } = execution;
  if (!record.outside.includes(id)) record.outside.push(id);
  if (!event) return true;
  const startedHere =
    record.invocation !== undefined && known.StartTimestamp >= record.invocation.startedAt && operation.Type !== "WAIT";
  if (startedHere) record.deferred.push({ ...event, id, at: now });
  else addEvent(execution, journal, event.type, operation, event.content, now);
  return true;
}

/** Ends the execution in memory; its terminal event follows the InvocationCompleted of the invocation under way. */
export function finish({ record }: Execution, end: ExecutionEnd, now: number) {
  record.status = end.status;
  record.endedAt = now;
  if (end.status === "SUCCEEDED") {
    if (end.result !== undefined) record.result = end.result;
  } else record.error = end.error;
}

const TERMINAL_EVENTS = {
  SUCCEEDED: "ExecutionSucceeded",
  FAILED: "ExecutionFailed",
  TIMED_OUT: "ExecutionTimedOut",
  STOPPED: "ExecutionStopped",
} as const;

export function addTerminalEvent(execution: Execution, journal: Journal, now: number) {
  const { status, result, error } = execution.record;
  if (status === "RUNNING") return;
  addEvent(
    execution,
    journal,
    TERMINAL_EVENTS[status],
    undefined,
    status === "SUCCEEDED" ? { Result: details(result) } : failure(error),
    now,
  );
}

/** InvocationCompleted, and what waited for it. */
export function completeInvocation(
  execution: Execution,
  journal: Journal,
  { error, now }: { error?: ErrorObject; now: number },
) {
  const { record } = execution;
  if (!record.invocation) return;
  const { requestId, startedAt } = record.invocation;
  delete record.invocation;
  addEvent(
    execution,
    journal,
    "InvocationCompleted",
    undefined,
    { StartTimestamp: startedAt, EndTimestamp: now, RequestId: requestId, ...(error && failure(error)) },
    now,
  );
  for (const { type, id, content, at } of record.deferred as {
    type: string;
    id: string;
    content: object;
    at: number;
  }[]) {
    addEvent(execution, journal, type, execution.operations.get(id), content, at);
  }
  record.deferred = [];
}
