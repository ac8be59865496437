import type { EngineContext } from "./context.ts";
import { endNow } from "./ending.ts";
import { applyOutside, type Execution, type Journal, type TimerKind } from "./execution.ts";

const TIMEOUT = { ErrorType: "Callback.Timeout", ErrorMessage: "Callback timed out" };
const HEARTBEAT = { ErrorType: "Callback.Heartbeat", ErrorMessage: "Callback timed out on heartbeat" };

/**
 * Within a transaction: what a timer that is due does to its execution. Answers whether the execution is to be invoked.
 * A timer whose operation has ended meanwhile does nothing.
 */
export function fire(
  execution: Execution,
  timer: { operation: string; kind: TimerKind },
  { context, journal, now }: { context: EngineContext; journal: Journal; now: number },
): boolean {
  const { operation: id, kind } = timer;
  journal.timer(id, kind, undefined);
  switch (kind) {
    case "wait": {
      const duration = ({
        StartTimestamp,
        WaitDetails,
      }: {
        StartTimestamp: number;
        WaitDetails?: { ScheduledEndTimestamp: number };
      }) => Math.round(((WaitDetails?.ScheduledEndTimestamp ?? now) - StartTimestamp) / 1_000);
      const wait = execution.operations.get(id);
      return applyOutside(execution, id, {
        journal,
        now,
        change: (operation) => {
          operation.Status = "SUCCEEDED";
        },
        event: { type: "WaitSucceeded", content: { Duration: wait ? duration(wait) : 0 } },
      });
    }
    case "retry":
      return applyOutside(execution, id, {
        journal,
        now,
        change: (operation) => {
          operation.Status = "READY";
        },
      });
    case "callback":
    case "heartbeat": {
      const error = kind === "callback" ? TIMEOUT : HEARTBEAT;
      journal.timer(id, kind === "callback" ? "heartbeat" : "callback", undefined);
      return applyOutside(execution, id, {
        journal,
        now,
        change: (operation) => {
          operation.Status = "TIMED_OUT";
          operation.CallbackDetails = { CallbackId: operation.CallbackDetails?.CallbackId ?? "", Error: error };
        },
        event: { type: "CallbackTimedOut", content: { Error: { Payload: error } } },
      });
    }
    case "execution": {
      if (execution.record.status !== "RUNNING") return false;
      const error = {
        ErrorType: "Execution.TimedOut",
        ErrorMessage: `The execution did not end within ${execution.record.timeoutSeconds} seconds.`,
      };
      endNow(execution, { status: "TIMED_OUT", error }, { context, journal, now });
      return false;
    }
    case "invocation":
      return execution.record.status === "RUNNING";
    case "retention":
      return false;
  }
}
