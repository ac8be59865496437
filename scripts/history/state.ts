import type { HistoryEvent } from "./history.ts";

/** An operation as the service hands it to an invocation. */
export interface Operation {
  Id: string;
  Name: string | undefined;
  Type: string;
  SubType: string | undefined;
  ParentId: string | undefined;
  Status: string;
  [details: string]: unknown;
}

const TYPES: Readonly<Record<string, string>> = {
  Step: "STEP",
  Context: "CONTEXT",
  Wait: "WAIT",
  Callback: "CALLBACK",
  ChainedInvoke: "CHAINED_INVOKE",
};
const STATUS: Readonly<Record<string, string>> = {
  Started: "STARTED",
  Succeeded: "SUCCEEDED",
  Failed: "FAILED",
  TimedOut: "TIMED_OUT",
  Cancelled: "CANCELLED",
  Stopped: "STOPPED",
};

/** The two halves of an event's type: `StepSucceeded` is a STEP that is SUCCEEDED. Undefined for what is no operation's. */
export function partsOf({ type }: HistoryEvent): { kind: string; status: string } | undefined {
  const [, kind = "", end = ""] =
    /^(Step|Context|Wait|Callback|ChainedInvoke)(Started|Succeeded|Failed|TimedOut|Cancelled|Stopped)$/.exec(type) ??
    [];
  return kind ? { kind, status: STATUS[end] ?? end } : undefined;
}

export const hasStarted = (event: HistoryEvent) => partsOf(event)?.status === "STARTED";

/** What an event makes of its operation. */
export function operationAfter(event: HistoryEvent): Operation {
  const { kind, status } = partsOf(event) ?? { kind: "Step", status: "STARTED" };
  const { id = "", name, subType, parent, result, error, again } = event;
  return {
    Id: id,
    Name: name,
    Type: TYPES[kind] ?? kind,
    SubType: subType,
    ParentId: parent,
    Status: again ? "PENDING" : status,
    StartTimestamp: 0,
    [`${kind}Details`]: {
      ...(kind === "Callback" && { CallbackId: `callback-${id}` }),
      ...(kind === "Step" && { Attempt: again ? 1 : 0, NextAttemptTimestamp: Date.now() + 86_400_000 }),
      ...(result !== undefined && { Result: result }),
      ...(error && { Error: error }),
    },
  };
}

/** What an invocation is given: of contexts that have ended, only themselves. */
export function visible(operations: ReadonlyMap<string, Operation>): Operation[] {
  const isHidden = ({ ParentId }: Operation): boolean => {
    const parent = ParentId === undefined ? undefined : operations.get(ParentId);
    return parent !== undefined && (parent.Status !== "STARTED" || isHidden(parent));
  };
  return [...operations.values()].filter((operation) => !isHidden(operation));
}
