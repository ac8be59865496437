import type { ErrorObject, ExecutionEnd } from "../core/ports.ts";
import type { ExecutionRecord, Operation, TimerKind } from "./model.ts";

/** One execution in memory. */
export interface Execution {
  /** Its row's number. */
  readonly row: number;
  readonly record: ExecutionRecord;
  /** In order of their beginning. */
  readonly operations: Map<string, KeptOperation>;
  /** The operations that changed since the handler was last answered, in order of their last change. */
  readonly delta: Set<string>;
  /** The operations that are not written down yet. */
  readonly unsaved: Set<string>;
  /** Its row's status and state as they were last written; undefined where it has no row yet. */
  saved: string | undefined;
}

export interface KeptOperation {
  operation: Operation;
  /** Its place among the execution's operations, from 0. */
  place: number;
  /** The number of its last change. */
  changed: number;
  /** How long a callback's heartbeat may be missed, in seconds. */
  heartbeat?: number;
}

/** Where a change of an execution leaves what is not in its record and operations; all in the change's own transaction. */
export interface Journal {
  event(event: object): void;
  timer(operation: string, kind: TimerKind, at: number | undefined): void;
  callback(callbackId: string, operation: string): void;
  /** Answers what is known of the target: its version, and its execution where it is durable. */
  chainedInvoke(operation: string, target: ChainedTarget): { ExecutedVersion?: string; DurableExecutionArn?: string };
  cancelChainedInvoke(operation: string): void;
}

export interface ChainedTarget {
  functionName: string;
  tenantId?: string;
  input: string;
}

/** An execution that is being changed, inside a transaction. */
export interface Change {
  execution: Execution;
  journal: Journal;
  now: number;
}

/** Puts an operation in place of what was there. */
export function put({ execution }: Change, operation: Operation, heartbeat?: number) {
  const { record, operations, delta, unsaved } = execution;
  const known = operations.get(operation.Id);
  const kept = heartbeat ?? known?.heartbeat;
  record.changes += 1;
  operations.set(operation.Id, {
    operation,
    place: known?.place ?? operations.size,
    changed: record.changes,
    ...(kept !== undefined && { heartbeat: kept }),
  });
  delta.delete(operation.Id);
  delta.add(operation.Id);
  unsaved.add(operation.Id);
}

/** Appends to the history. `subject` is the operation that the event is about, or the execution itself. */
export function addEvent(
  { execution: { record }, journal, now }: Change,
  type: string,
  { subject, content, at = now }: { subject?: Operation | "execution" | undefined; content: object; at?: number },
) {
  record.events += 1;
  const { Id, Name, SubType, ParentId } =
    subject === "execution" ? { Id: record.id, Name: record.name } : (subject ?? ({} as Partial<Operation>));
  journal.event({
    EventId: record.events,
    EventType: type,
    EventTimestamp: at,
    ...(Id !== undefined && { Id }),
    ...(Name !== undefined && { Name }),
    ...(SubType !== undefined && { SubType }),
    ...(ParentId !== undefined && { ParentId }),
    [`${type}Details`]: content,
  });
}

export const payload = (value: string | undefined) => (value === undefined ? {} : { Payload: value });
export const failure = (error: ErrorObject | undefined) => ({ Error: { Payload: error ?? {} } });

/** Ends the execution; its terminal event follows the InvocationCompleted of the invocation under way. */
export function finish({ execution: { record }, now }: Change, end: ExecutionEnd) {
  record.status = end.status;
  record.endedAt = now;
  record.due = false;
  if (end.status !== "SUCCEEDED") record.error = end.error;
  else if (end.result !== undefined) record.result = end.result;
}

const TERMINAL_EVENTS = {
  SUCCEEDED: "ExecutionSucceeded",
  FAILED: "ExecutionFailed",
  TIMED_OUT: "ExecutionTimedOut",
  STOPPED: "ExecutionStopped",
} as const;

export function addTerminalEvent(change: Change) {
  const { status, result, error } = change.execution.record;
  if (status === "RUNNING") return;
  const content = status === "SUCCEEDED" ? { Result: payload(result) } : failure(error);
  addEvent(change, TERMINAL_EVENTS[status], { subject: "execution", content });
}

/** InvocationCompleted, and what waited for it. */
export function completeInvocation(change: Change, error?: ErrorObject) {
  const { record, operations } = change.execution;
  if (!record.invocation) return;
  const { requestId, startedAt } = record.invocation;
  delete record.invocation;
  addEvent(change, "InvocationCompleted", {
    content: {
      StartTimestamp: startedAt,
      EndTimestamp: change.now,
      RequestId: requestId,
      ...(error && failure(error)),
    },
  });
  for (const { type, id, content, at } of record.deferred)
    addEvent(change, type, { subject: operations.get(id)?.operation, content, at });
  record.deferred = [];
}
