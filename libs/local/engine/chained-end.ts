import type { ExecutionEnd } from "../core/ports.ts";
import { type Change, failure, payload } from "./execution.ts";
import { applyOutside } from "./outside.ts";

const EVENTS = {
  SUCCEEDED: "ChainedInvokeSucceeded",
  FAILED: "ChainedInvokeFailed",
  TIMED_OUT: "ChainedInvokeTimedOut",
  STOPPED: "ChainedInvokeStopped",
} as const;

/** Within a transaction: the end of what an execution invoked reaches its operation. */
export function endChained(change: Change, operation: string, end: ExecutionEnd) {
  const isSuccess = end.status === "SUCCEEDED";
  if (isSuccess) change.execution.record.bytes += Buffer.byteLength(end.result ?? "");
  applyOutside(change, operation, {
    become: (invoke) => ({
      ...invoke,
      Status: end.status,
      ChainedInvokeDetails: isSuccess ? { Result: end.result ?? "null" } : { Error: end.error },
    }),
    event: { type: EVENTS[end.status], content: isSuccess ? { Result: payload(end.result) } : failure(end.error) },
  });
}
