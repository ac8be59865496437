import type { ErrorObject, ExecutionEnd } from "../core/ports.ts";
import { endChained } from "./chained-end.ts";
import type { EngineContext } from "./context.ts";
import { addTerminalEvent, type Change, completeInvocation, finish } from "./execution.ts";
import type { ExecutionRecord } from "./model.ts";
import { postDeadLetter, postStatus } from "./outbox.ts";

const DAY_MS = 86_400_000;

/** Within a transaction: writes down the end of an execution (its status is set already), and all that follows from it. */
export function recordEnd(context: EngineContext, change: Change) {
  const { notes, transactions, waiters, tables } = context;
  const { execution, journal, now } = change;
  const { record, row } = execution;
  const end = endOf(record);
  if (!end) return;
  addTerminalEvent(change);
  notes.clearTimers(row);
  journal.timer("", "retention", now + record.retentionDays * DAY_MS);
  postStatus(context, record);
  postDeadLetter(context, execution);
  const { parent } = record;
  if (parent && tables.find(parent.arn))
    transactions.within(parent.arn, (parentChange) => endChained(parentChange, parent.operation, end));
  transactions.afterCommit(() => waiters.tell(record.arn, end));
}

/** Within a transaction: ends a running execution from outside (stop, timeout). A handler that still runs is told at its next checkpoint. */
export function endNow(context: EngineContext, change: Change, end: Extract<ExecutionEnd, { error: ErrorObject }>) {
  finish(change, end);
  completeInvocation(change, end.error);
  recordEnd(context, change);
}

/** Within a transaction: stops an execution that still runs. */
export function stopNow(context: EngineContext, change: Change, error: ErrorObject) {
  if (change.execution.record.status === "RUNNING") endNow(context, change, { status: "STOPPED", error });
}

export function endOf({ status, result, error }: ExecutionRecord): ExecutionEnd | undefined {
  if (status === "RUNNING") return undefined;
  return status === "SUCCEEDED" ? { status, ...(result !== undefined && { result }) } : { status, error: error ?? {} };
}
