import type { ErrorObject, ExecutionEnd } from "../core/ports.ts";
import type { EngineContext } from "./context.ts";
import { addTerminalEvent, completeInvocation, type Execution, finish, type Journal } from "./execution.ts";
import type { ExecutionRecord } from "./model.ts";

const DAY_MS = 86_400_000;

/** Within a transaction: writes down the end of an execution (its status is set already), and what follows from it. */
export function recordEnd(
  execution: Execution,
  { context, journal, now }: { context: EngineContext; journal: Journal; now: number },
) {
  const { tables } = context;
  const { record } = execution;
  addTerminalEvent(execution, journal, now);
  tables.clearTimers(record.arn);
  journal.timer("", "retention", now + record.retentionDays * DAY_MS);
  tables.addOutbox("event", statusEvent(record));
  if (record.asynchronous && record.status !== "SUCCEEDED" && record.deadLetterArn) {
    const { ErrorType, ErrorMessage } = record.error ?? {};
    tables.addOutbox("dead-letter", {
      queue: record.deadLetterArn,
      body: tables.input(record.arn),
      attributes: {
        RequestID: record.id,
        ErrorCode: ErrorType || record.status,
        ErrorMessage: (ErrorMessage || `The execution ended ${record.status}.`).slice(0, 1_024),
        DurableExecutionArn: record.arn,
      },
    });
  }
}

/** Within a transaction: ends a running execution from outside (stop, timeout). The handler that still runs is told at its next checkpoint. */
export function endNow(
  execution: Execution,
  end: Extract<ExecutionEnd, { error: ErrorObject }>,
  { context, journal, now }: { context: EngineContext; journal: Journal; now: number },
) {
  finish(execution, end, now);
  completeInvocation(execution, journal, { error: end.error, now });
  recordEnd(execution, { context, journal, now });
}

/** After a commit: whoever waits for the end gets it. */
export function tellEnd(context: EngineContext, record: ExecutionRecord) {
  const { waiters } = context;
  const end = endOf(record);
  if (!end) return;
  for (const resolve of waiters.get(record.arn) ?? []) resolve(end);
  waiters.delete(record.arn);
  context.forget(record.arn);
}

export function endOf({ status, result, error }: ExecutionRecord): ExecutionEnd | undefined {
  if (status === "RUNNING") return undefined;
  return status === "SUCCEEDED" ? { status, ...(result !== undefined && { result }) } : { status, error: error ?? {} };
}

/** EventBridge's `Durable Execution Status Change`. */
export function statusEvent(record: ExecutionRecord) {
  return {
    source: "aws.lambda",
    detailType: "Durable Execution Status Change",
    resources: [record.arn],
    detail: {
      durableExecutionArn: record.arn,
      durableExecutionName: record.name,
      functionArn: functionArnOf(record.arn),
      status: record.status,
      startTimestamp: new Date(record.startedAt).toISOString(),
      ...(record.endedAt !== undefined && { endTimestamp: new Date(record.endedAt).toISOString() }),
    },
  };
}

export const functionArnOf = (arn: string) => arn.split("/durable-execution/")[0] ?? "";
