import type { ExecutionEvent } from "#platform";

export type Kind = "step" | "wait" | "callback" | "context" | "invoke";
export type State = "running" | "waiting" | "retrying" | "succeeded" | "failed" | "timed out" | "cancelled";

/** One operation of an execution, as its history tells it. Times are epoch milliseconds. */
export interface Operation {
  id: string;
  name: string;
  kind: Kind;
  /** The context that it lies in. */
  parent?: string;
  /** How deep it lies in contexts; 0 is the workflow itself. */
  depth: number;
  state: State;
  started: number;
  ended?: number;
  /** How often a step was begun, or failed before. */
  failures: number;
  /** When a wait ends, a step is tried again, or a callback times out. */
  due?: number;
}

export interface Timeline {
  operations: Operation[];
  /** What it waits for now: the operations that are open and are no contexts. */
  waiting: Operation[];
  invocations: number;
  /** The history is longer than was read. */
  more: boolean;
}

const KINDS: Record<string, Kind> = {
  Step: "step",
  Wait: "wait",
  Callback: "callback",
  Context: "context",
  ChainedInvoke: "invoke",
};

const ENDS: Record<string, State> = {
  Succeeded: "succeeded",
  Failed: "failed",
  TimedOut: "timed out",
  Cancelled: "cancelled",
  Stopped: "cancelled",
};

/** Draws an execution's operations out of its events. */
export function timelineOf({ events, more }: { events: readonly ExecutionEvent[]; more: boolean }): Timeline {
  const operations = new Map<string, Operation>();
  let invocations = 0;
  let over: number | undefined;
  for (const event of events) {
    if (/^Execution(?:Succeeded|Failed|TimedOut|Stopped)$/.test(event.EventType ?? ""))
      over = event.EventTimestamp?.getTime();
    if (event.EventType === "InvocationCompleted") invocations += 1;
    const [, type = "", what = ""] =
      /^(Step|Wait|Callback|Context|ChainedInvoke)(Started|Succeeded|Failed|TimedOut|Cancelled|Stopped)$/.exec(
        event.EventType ?? "",
      ) ?? [];
    const kind = KINDS[type];
    if (!kind || !event.Id) continue;
    const at = event.EventTimestamp?.getTime() ?? 0;
    const known = operations.get(event.Id);
    operations.set(
      event.Id,
      what === "Started" ? begun(event, { kind, at, known, operations }) : ended(event, { what, at, known, kind }),
    );
  }
  const all = [...operations.values()].map((one) => (over === undefined ? one : left(one, over)));
  // What an interrupted stage left open is waited for by nobody.
  const isLeft = ({ parent }: Operation): boolean => {
    const context = parent === undefined ? undefined : operations.get(parent);
    return context !== undefined && (context.ended !== undefined || isLeft(context));
  };
  const isOpen = (one: Operation) => one.ended === undefined && one.kind !== "context" && !isLeft(one);
  const waiting = all.filter(isOpen);
  return { operations: all, waiting, invocations, more };
}

function begun(
  event: ExecutionEvent,
  {
    kind,
    at,
    known,
    operations,
  }: { kind: Kind; at: number; known: Operation | undefined; operations: ReadonlyMap<string, Operation> },
): Operation {
  if (known) return { ...omitDue(known), state: "running" };
  const { Id = "", Name, ParentId } = event;
  const parent = ParentId ? operations.get(ParentId) : undefined;
  const timeout = event.CallbackStartedDetails?.Timeout;
  const due =
    event.WaitStartedDetails?.ScheduledEndTimestamp?.getTime() ?? (timeout ? at + timeout * 1_000 : undefined);
  return {
    id: Id,
    name: Name ?? kind,
    kind,
    depth: parent ? parent.depth + 1 : 0,
    ...(parent && { parent: parent.id }),
    state: kind === "wait" || kind === "callback" || kind === "invoke" ? "waiting" : "running",
    started: at,
    failures: 0,
    ...(due !== undefined && { due }),
  };
}

function ended(
  event: ExecutionEvent,
  { what, at, known, kind }: { what: string; at: number; known: Operation | undefined; kind: Kind },
): Operation {
  const before: Operation = known ?? {
    id: event.Id ?? "",
    name: event.Name ?? kind,
    kind,
    depth: 0,
    state: "running",
    started: at,
    failures: 0,
  };
  const delay = delayOf(event);
  const failures = before.failures + (what === "Failed" ? 1 : 0);
  // A failed attempt that is tried again, or a poll that goes on, is no end.
  if (delay !== undefined && delay > 0) return { ...before, failures, state: "retrying", due: at + delay * 1_000 };
  return { ...omitDue(before), failures, state: ENDS[what] ?? "succeeded", ended: at };
}

/** When it is tried again, in seconds; undefined where it is not. */
const delayOf = ({ StepFailedDetails, StepSucceededDetails }: ExecutionEvent) =>
  StepFailedDetails?.RetryDetails?.NextAttemptDelaySeconds ??
  StepSucceededDetails?.RetryDetails?.NextAttemptDelaySeconds;

/** What was open when its execution ended is waited for by nobody. */
const left = (one: Operation, over: number): Operation =>
  one.ended === undefined ? { ...omitDue(one), state: "cancelled", ended: over } : one;

function omitDue({ due: _due, ...rest }: Operation): Operation {
  return rest;
}
