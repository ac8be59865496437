import type { EngineContext } from "./context.ts";
import { endNow } from "./ending.ts";
import type { Change } from "./execution.ts";
import type { TimerKind } from "./model.ts";
import { applyOutside } from "./outside.ts";

const TIMED_OUT = { ErrorType: "Callback.Timeout", ErrorMessage: "Callback timed out" };
const HEARTBEAT_MISSED = { ErrorType: "Callback.Heartbeat", ErrorMessage: "Callback timed out on heartbeat" };

/** Within a transaction: what a timer that is due does to its execution. Where its operation has ended it does nothing. */
export function fire(context: EngineContext, change: Change, timer: { operation: string; kind: TimerKind }) {
  const { operation: id, kind } = timer;
  const { record } = change.execution;
  change.journal.timer(id, kind, undefined);
  switch (kind) {
    case "wait":
      return fireWait(change, id);
    case "retry":
      return applyOutside(change, id, { become: (operation) => ({ ...operation, Status: "READY" }) });
    case "callback":
    case "heartbeat":
      return expireCallback(change, timer);
    case "execution": {
      if (record.status !== "RUNNING") return;
      const ErrorMessage = `The execution did not end within ${record.timeoutSeconds} seconds.`;
      return endNow(context, change, {
        status: "TIMED_OUT",
        error: { ErrorType: "Execution.TimedOut", ErrorMessage },
      });
    }
    case "invocation":
      record.due = record.status === "RUNNING";
  }
}

function fireWait(change: Change, id: string) {
  const wait = change.execution.operations.get(id)?.operation;
  const milliseconds = (wait?.WaitDetails?.ScheduledEndTimestamp ?? 0) - (wait?.StartTimestamp ?? 0);
  applyOutside(change, id, {
    become: (operation) => ({ ...operation, Status: "SUCCEEDED" }),
    event: { type: "WaitSucceeded", content: { Duration: Math.round(milliseconds / 1_000) } },
  });
}

function expireCallback(change: Change, { operation: id, kind }: { operation: string; kind: TimerKind }) {
  const error = kind === "callback" ? TIMED_OUT : HEARTBEAT_MISSED;
  change.journal.timer(id, kind === "callback" ? "heartbeat" : "callback", undefined);
  applyOutside(change, id, {
    become: (operation) => ({
      ...operation,
      Status: "TIMED_OUT",
      CallbackDetails: { CallbackId: operation.CallbackDetails?.CallbackId ?? "", Error: error },
    }),
    event: { type: "CallbackTimedOut", content: { Error: { Payload: error } } },
  });
}
