import { createHash } from "node:crypto";
import { DurableExecutionInvocationInputWithClient, type DurableLambdaHandler } from "@aws/durable-execution-sdk-js";
import { setAnswers } from "./answers.ts";
import type { Difference, History, HistoryEvent } from "./history.ts";
import { hasStarted, type Operation, operationAfter, partsOf, visible } from "./state.ts";

interface Update {
  Id: string;
  ParentId?: string;
  Name?: string;
  Type: string;
  SubType?: string;
  Action: string;
}

type Output = { Status: string; Result?: string; Error?: { ErrorType?: string; ErrorMessage?: string } };

/** What a replay came to: where it left the record, or how the execution ended. */
export type Replayed = { difference: Difference } | { difference?: undefined; result: string | undefined };

/** An invocation that does not end (it waits for what was never recorded) has left the record. */
const PATIENCE_MS = 10_000;
const CHECKPOINT_MS = 200;

/**
 * Makes every recorded invocation again with today's code: each is given the operations as they were then, its steps are
 * answered from the record, and what it asks for is held against what was recorded.
 */
export async function replay(handler: DurableLambdaHandler, history: History): Promise<Replayed> {
  const operations = new Map<string, Operation>();
  const invocations = invocationsOf(history.events);
  let result: string | undefined;
  for (const [index, events] of invocations.entries()) {
    const recorded = index === invocations.length - 1 ? history.status : "PENDING";
    const attempt = async (come: readonly HistoryEvent[], within: readonly HistoryEvent[]) => {
      const one = createInvocation(operations, [...events, ...within], come);
      const output = await one.run(handler, history);
      return { output, left: one.left(output) ?? endOf(output, recorded) };
    };
    // The record does not say how much of what came while it ran the code had seen: any of it is right.
    const come = comingFrom(operations, events);
    const within = endedWithin(events, invocations[index + 1] ?? []);
    let { output, left } = await attempt(come, []);
    for (const [seen, early] of prefixes(come.length, within.length)) {
      if (!left) break;
      const again = await attempt(come.slice(0, seen), within.slice(0, early));
      if (!again.left) ({ output, left } = again);
    }
    const { workflow, path } = history;
    if (left) return { difference: { workflow, path, invocation: index + 1, ...left } };
    for (const event of events) if (event.id) operations.set(event.id, operationAfter(event));
    result = output.Result;
  }
  return { result };
}

type Left = Pick<Difference, "operation" | "problem">;

const endOf = ({ Status, Error: error }: Output, recorded: string): Left | undefined =>
  Status === recorded
    ? undefined
    : {
        operation: "the end",
        problem: `The invocation was recorded to end ${recorded}, and ends ${Status}${error ? `: ${error.ErrorMessage}` : ""}.`,
      };

/** The events of each invocation, with those from outside that came before it. */
function invocationsOf(events: readonly HistoryEvent[]): HistoryEvent[][] {
  const invocations: HistoryEvent[][] = [];
  let current: HistoryEvent[] = [];
  for (const event of events) {
    if (event.type === "InvocationCompleted") {
      invocations.push(current);
      current = [];
    } else current.push(event);
  }
  return invocations;
}

/**
 * Callbacks that an invocation made and that ended while it ran: the service writes their end behind the invocation's, however
 * early the code saw it.
 */
function endedWithin(events: readonly HistoryEvent[], next: readonly HistoryEvent[]): HistoryEvent[] {
  const made = new Set(events.filter((event) => event.type === "CallbackStarted").map(({ id }) => id));
  return next.filter((event) => partsOf(event)?.kind === "Callback" && !hasStarted(event) && made.has(event.id));
}

/** Each beginning of the one with each beginning of the other, the longest first; not all of the first alone, which was tried. */
const prefixes = (one: number, other: number) =>
  Array.from({ length: (one + 1) * (other + 1) - 1 }, (_, index): [number, number] => {
    const at = index < other ? index : index + 1;
    return [one - Math.floor(at / (other + 1)), other - (at % (other + 1))];
  });

/** What outside brought about, in its order. */
const comingFrom = (before: ReadonlyMap<string, Operation>, events: readonly HistoryEvent[]) =>
  events.filter((event) => {
    const kind = partsOf(event)?.kind;
    return kind !== undefined && kind !== "Step" && kind !== "Context" && before.has(event.id ?? "");
  });

function createInvocation(
  before: ReadonlyMap<string, Operation>,
  events: readonly HistoryEvent[],
  come: readonly HistoryEvent[],
) {
  const begun = new Map(events.filter(hasStarted).map((event) => [event.id ?? "", event]));
  const last = new Map(events.map((event) => [event.id ?? "", event]));
  const asked = new Set<string>();
  let left: Left | undefined;
  const departure = Promise.withResolvers<Output>();
  /** The first departure is the cause of all others: the invocation is left where it is. */
  const leave = (operation: string, problem: string) => {
    left ??= { operation, problem };
    departure.resolve({ Status: "left" });
  };

  const state = new Map(before);
  for (const event of come) state.set(event.id ?? "", operationAfter(event));
  for (const event of events) {
    const parts = partsOf(event);
    const { id = "" } = event;
    if (!parts) continue;
    // An attempt that failed, or of which no end is known, is not made again: whether to try again is no part of the record.
    const end = last.get(id);
    if (parts.kind !== "Step" || !end || end.type === "StepSucceeded") continue;
    asked.add(id);
    state.set(id, operationAfter(hasStarted(end) ? { ...end, again: true } : end));
  }
  for (const [id, operation] of state)
    if (begun.has(id) && before.has(id) && operation.Status === "PENDING" && last.get(id)?.type === "StepSucceeded")
      state.set(id, { ...operation, Status: "READY" });

  const start = (update: Update): Operation[] => {
    const event = begun.get(update.Id);
    if (!event) {
      if (!before.has(update.Id)) leave(labelOf(update), "It is asked for, and was not recorded.");
      return [];
    }
    asked.add(update.Id);
    const recorded = operationAfter(event);
    for (const field of ["Type", "Name", "SubType", "ParentId"] as const)
      if ((recorded[field] ?? "") !== (update[field] ?? ""))
        leave(
          labelOf({ ...update, ...recorded } as Update),
          `Its ${field} was ${JSON.stringify(recorded[field] ?? "")}, and is ${JSON.stringify(update[field] ?? "")}.`,
        );
    const end = last.get(update.Id) ?? event;
    const isOurs = recorded.Type === "STEP" || recorded.Type === "CONTEXT";
    return [isOurs ? recorded : operationAfter(end)];
  };

  const checkpoint = async (request: { CheckpointToken?: string; Updates?: Update[] }) => {
    const changed: Operation[] = [];
    for (const update of request.Updates ?? []) {
      if (update.Action === "START") changed.push(...start(update));
      else {
        const end = last.get(update.Id);
        if (end && !hasStarted(end)) changed.push(operationAfter(end));
      }
    }
    return { CheckpointToken: "next", NewExecutionState: { Operations: changed, NextMarker: "" } };
  };

  return {
    async run(handler: DurableLambdaHandler, { executionArn, input }: History): Promise<Output> {
      const execution = {
        Id: executionArn.split("/").at(-1) ?? "",
        Type: "EXECUTION",
        Status: "STARTED",
        ExecutionDetails: { InputPayload: JSON.stringify(input) },
      };
      const given = {
        DurableExecutionArn: executionArn,
        CheckpointToken: "first",
        UpdatedOperationIds: [],
        InitialExecutionState: { Operations: [execution, ...visible(state)], NextMarker: "" },
      };
      setAnswers(async (id) => {
        const end = last.get(id);
        if (end?.type === "StepSucceeded") return end.result === undefined ? undefined : JSON.parse(end.result);
        // That it is asked for, with its name, comes a moment later by its checkpoint.
        setTimeout(() => leave(before.get(id)?.Name ?? "a step", "Its body would run again."), CHECKPOINT_MS).unref();
        return new Promise(() => undefined);
      });
      type Arguments = ConstructorParameters<typeof DurableExecutionInvocationInputWithClient>;
      const client = { checkpoint, getExecutionState: () => Promise.reject(new Error("All of the state was given.")) };
      const event = new DurableExecutionInvocationInputWithClient(given as never, client as unknown as Arguments[1]);
      const context = { awsRequestId: "replay", getRemainingTimeInMillis: () => 900_000 };
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Output>((resolve) => {
        timer = setTimeout(() => resolve({ Status: "without end" }), PATIENCE_MS);
      });
      try {
        const invoked = handler(event, context as never) as unknown as Promise<Output>;
        return await Promise.race([invoked, departure.promise, late]);
      } finally {
        clearTimeout(timer);
        setAnswers(undefined);
      }
    },

    /** The first operation at which the code left the record. */
    left(output: Output): Left | undefined {
      if (left) return left;
      const inconsistent = output.Error?.ErrorType === "NonDeterministicExecutionError" && output.Error.ErrorMessage;
      if (inconsistent) {
        const [, place = ""] = /for step "([^"]+)"/.exec(inconsistent) ?? [];
        const [, expected = ""] = /Expected (.*?)\. This/.exec(inconsistent) ?? [];
        const id = createHash("md5").update(place).digest("hex").slice(0, 16);
        return { operation: state.get(id)?.Name ?? place, problem: `It was recorded and is replayed: ${expected}.` };
      }
      for (const [id, event] of begun)
        if (!asked.has(id) && !before.has(id))
          return { operation: event.name ?? event.type, problem: "It was recorded, and is not asked for any more." };
      return undefined;
    },
  };
}

const labelOf = ({ Name, Type }: Pick<Update, "Name" | "Type">) => Name ?? `a nameless ${Type}`;
