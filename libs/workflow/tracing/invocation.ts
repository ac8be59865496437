import type { AttemptEndInfo, InvocationEndInfo, InvocationInfo, OperationInfo } from "@aws/durable-execution-sdk-js";
import { parseExecutionArn } from "#executions";
import { type Span, spanIdOf, traceIdOf } from "#platform";
import { errorCode } from "./error-code.ts";

const CLOSED = new Set<string | undefined>(["SUCCEEDED", "FAILED", "TIMED_OUT", "STOPPED", "CANCELLED"]);
const isClosed = ({ status }: OperationInfo) => CLOSED.has(status);

/**
 * The spans of one invocation: its own, each attempt of a step that ran in it, each other operation that ended in it or was
 * ended from outside since the one before, and with the execution's end the execution's. What is replayed had its span.
 */
export function beginInvocation(workflow: string, info: InvocationInfo) {
  const { executionArn: arn, requestId, operations, updatedOperations } = info;
  const began = new Date();
  const own = spanIdOf(arn, "invocation", requestId, began.toISOString());
  const root = spanIdOf(arn);
  const told = new Set(
    Object.values(operations).flatMap((one) => (isClosed(one) && !updatedOperations[one.id] ? [one.id] : [])),
  );
  const attempts = new Map<string, Date>();
  const spans: Span[] = [];

  const { name = "", version = "" } = parseExecutionArn(arn) ?? {};
  const common = { "longhaul.workflow": workflow, "longhaul.version": version, "longhaul.execution": name };
  const add = ({ attributes, ...span }: Omit<Span, "traceId">) =>
    spans.push({ traceId: traceIdOf(arn), ...span, attributes: { ...common, ...attributes } });
  // Of an operation the span is known before it has ended: the parent can be named that is told invocations later.
  const parentOf = ({ parentId }: OperationInfo, otherwise: string) =>
    parentId === undefined ? otherwise : spanIdOf(arn, "operation", parentId);
  const described = ({ name: step, type, subType = type }: OperationInfo) => ({
    ...(step !== undefined && { "longhaul.step": step }),
    "longhaul.operation": subType,
  });

  return {
    attemptBegan(id: string) {
      attempts.set(id, new Date());
    },

    attemptEnded(attempt: AttemptEndInfo) {
      const { id, outcome, error } = attempt;
      told.add(id);
      add({
        spanId: spanIdOf(arn, "operation", id, String(attempt.attempt)),
        parentSpanId: parentOf(attempt, own),
        name: attempt.name ?? attempt.subType ?? attempt.type,
        began: attempts.get(id) ?? began,
        ended: new Date(),
        attributes: { ...described(attempt), "longhaul.attempt": attempt.attempt },
        ...(outcome === "FAILED" && { error: errorCode(error) }),
      });
    },

    ended({ status, executionError, executionStartTimestamp, operations: now }: InvocationEndInfo): Span[] {
      const ended = new Date();
      for (const one of Object.values(now)) {
        if (one.type === "EXECUTION" || !isClosed(one) || told.has(one.id)) continue;
        add({
          spanId: spanIdOf(arn, "operation", one.id),
          parentSpanId: parentOf(one, root),
          name: one.name ?? one.subType ?? one.type,
          began: one.startTimestamp ?? began,
          ended: one.endTimestamp ?? ended,
          attributes: described(one),
          ...(one.status !== "SUCCEEDED" && { error: one.error ? errorCode(one.error) : String(one.status) }),
        });
      }
      const failed = executionError !== undefined && { error: errorCode(executionError) };
      const outcome = { "longhaul.outcome": status };
      const attributes = { ...outcome, "faas.invocation_id": requestId };
      add({ spanId: own, parentSpanId: root, name: "invocation", began, ended, attributes, ...failed });
      if (status === "SUCCEEDED" || status === "FAILED")
        add({
          spanId: root,
          name: workflow,
          began: executionStartTimestamp ?? began,
          ended,
          attributes: outcome,
          ...failed,
        });
      return spans;
    },
  };
}
