import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { DurableTransport, ErrorObject, InvocationEnd } from "../core/ports.ts";
import { checkpoint, getState } from "./checkpoint.ts";
import type { EngineContext } from "./context.ts";
import { recordEnd, tellEnd } from "./ending.ts";
import { completeInvocation, type Execution, finish, type Journal } from "./execution.ts";
import { ErrorShape, isTerminal, type Operation } from "./model.ts";
import { executionOperation, pageOf, visible } from "./state.ts";
import { tokenOf, toMarker } from "./tokens.ts";

const Answer = z.discriminatedUnion("Status", [
  z.object({ Status: z.literal("SUCCEEDED"), Result: z.string().optional() }),
  z.object({ Status: z.literal("FAILED"), Error: ErrorShape.optional() }),
  z.object({ Status: z.literal("PENDING") }),
]);

/** Lost invocations are repeated at once, for so many times in a row; then, like failed ones, later and later. */
const AT_ONCE = 3;
const MOST_BACKOFF_MS = 60_000;

export type Runner = ReturnType<typeof createRunner>;

/** Invokes handlers: one invocation of an execution at a time, again when something has changed, until it ends. */
export function createRunner(context: EngineContext, changed: () => void) {
  const { clock, functions, tables } = context;

  /** Starts an invocation where the execution runs and none is under way. */
  const wake = async (arn: string): Promise<void> => {
    if (context.closed) return;
    const begun = await context.change(arn, (execution, journal) => begin(execution, journal));
    changed();
    if (!begun) return;
    const { version, requestId, event } = begun;
    const transport: DurableTransport = {
      checkpoint: (request) => checkpoint(context, arn, request).finally(changed),
      getExecutionState: async (request) => getState(context, arn, request),
    };
    const end = await functions.invoke(version, {
      requestId,
      event,
      durable: { executionArn: arn, transport },
      ...(begun.tenantId && { tenantId: begun.tenantId }),
    });
    if (context.closed) return;
    const next = await context.change(arn, (execution, journal) => complete(execution, journal, { requestId, end }));
    changed();
    if (next === "again") return wake(arn);
    if (next === "ended") tellEnd(context, context.load(arn).record);
    if (next === "asleep") context.forget(arn);
  };

  function begin(execution: Execution, journal: Journal) {
    const { record, operations } = execution;
    if (record.status !== "RUNNING" || record.invocation) return undefined;
    const version = functions.resolve(record.functionName, record.version);
    const now = clock.now();
    if (!version) {
      finish(
        execution,
        {
          status: "FAILED",
          error: {
            ErrorType: "ResourceNotFoundException",
            ErrorMessage: `The version ${record.version} of ${record.functionName} is gone.`,
          },
        },
        now,
      );
      recordEnd(execution, { context, journal, now });
      queueMicrotask(() => tellEnd(context, record));
      return undefined;
    }
    journal.timer("", "invocation", undefined);
    record.invocation = { requestId: randomUUID(), startedAt: now };
    record.token += 1;
    record.watermark = record.changes;
    delete record.last;
    const UpdatedOperationIds = record.outside;
    record.outside = [];
    const { page, next } = pageOf(
      [executionOperation(execution, tables.input(record.arn)), ...visible(operations.values())],
      0,
      Number.MAX_SAFE_INTEGER,
    );
    const event = {
      DurableExecutionArn: record.arn,
      CheckpointToken: tokenOf(record),
      UpdatedOperationIds,
      InitialExecutionState: { Operations: page, NextMarker: next === undefined ? "" : toMarker(next) },
    };
    return { version, requestId: record.invocation.requestId, event, tenantId: record.tenantId };
  }

  function complete(
    execution: Execution,
    journal: Journal,
    { requestId, end }: { requestId: string; end: InvocationEnd },
  ): "again" | "later" | "asleep" | "ended" {
    const { record } = execution;
    // Stopped or timed out meanwhile: its end is written down already.
    if (record.invocation?.requestId !== requestId) return record.status === "RUNNING" ? "later" : "ended";
    const now = clock.now();
    if (record.status !== "RUNNING") return ended(execution, journal, now);
    const answer = end.kind === "answer" ? readAnswer(end.payload) : undefined;
    if (answer === undefined) {
      const error: ErrorObject =
        end.kind === "answer"
          ? {
              ErrorType: "Runtime.InvalidOutput",
              ErrorMessage: "The function did not answer as a durable function does.",
            }
          : end.error;
      completeInvocation(execution, journal, { error, now });
      record.failures += 1;
      if (end.kind === "exit" && record.failures <= AT_ONCE) return "again";
      journal.timer("", "invocation", now + Math.min(1_000 * 2 ** (record.failures - 1), MOST_BACKOFF_MS));
      return "later";
    }
    record.failures = 0;
    if (answer.Status !== "PENDING") {
      finish(
        execution,
        answer.Status === "SUCCEEDED"
          ? { status: "SUCCEEDED", ...(answer.Result !== undefined && { result: answer.Result }) }
          : { status: "FAILED", error: answer.Error ?? {} },
        now,
      );
      return ended(execution, journal, now);
    }
    const isChanged = record.outside.length > 0;
    if (!isChanged && ![...execution.operations.values()].some(isPending)) {
      finish(
        execution,
        {
          status: "FAILED",
          error: {
            ErrorType: "InvalidParameterValueException",
            ErrorMessage: "Cannot return PENDING status with no pending operations.",
          },
        },
        now,
      );
      return ended(execution, journal, now);
    }
    completeInvocation(execution, journal, { now });
    return isChanged ? "again" : "asleep";
  }

  function ended(execution: Execution, journal: Journal, now: number) {
    const { error } = execution.record;
    completeInvocation(execution, journal, { now, ...(execution.record.status === "FAILED" && error && { error }) });
    recordEnd(execution, { context, journal, now });
    return "ended" as const;
  }

  return {
    /** Wakes an execution; what goes wrong inside is tried again when the process starts again. */
    wake: (arn: string) => void wake(arn).catch((error: unknown) => report(error)),
    /** Within a transaction, at the process's start: an invocation under way was lost with the process. */
    lose(execution: Execution, journal: Journal) {
      const error = {
        ErrorType: "Runtime.ExitError",
        ErrorMessage: "The invocation was lost when the local cloud ended.",
      };
      completeInvocation(execution, journal, { error, now: clock.now() });
    },
  };

  function report(error: unknown) {
    if (!context.closed) console.error(error);
  }
}

const isPending = ({ Type, Status }: Operation) =>
  Type === "STEP" ? Status === "PENDING" || Status === "READY" : Type !== "CONTEXT" && !isTerminal(Status);

function readAnswer(payload: string): z.infer<typeof Answer> | undefined {
  try {
    return Answer.parse(JSON.parse(payload));
  } catch {
    return undefined;
  }
}
