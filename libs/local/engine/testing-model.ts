import fc from "fast-check";
import { OperationUpdate } from "./updates.ts";

// For tests: the service's table as a model, and updates at random.

const TYPES = ["STEP", "CONTEXT", "WAIT", "CALLBACK", "CHAINED_INVOKE", "EXECUTION"] as const;
const ACTIONS = ["START", "SUCCEED", "FAIL", "RETRY", "CANCEL"] as const;
export type State = "STARTED" | "PENDING" | "READY" | "SUCCEEDED" | "FAILED" | "CANCELLED";

/** The table of the service's documentation, as a list of what is allowed: type, action, from, to. */
const TABLE: readonly [string, string, State | "", State][] = [
  ["STEP", "START", "", "STARTED"],
  ["STEP", "START", "READY", "STARTED"],
  ...(["", "STARTED", "READY"] as const).flatMap((from): [string, string, State | "", State][] => [
    ["STEP", "SUCCEED", from, "SUCCEEDED"],
    ["STEP", "FAIL", from, "FAILED"],
    ["STEP", "RETRY", from, "PENDING"],
  ]),
  ["CONTEXT", "START", "", "STARTED"],
  ...(["", "STARTED"] as const).flatMap((from): [string, string, State | "", State][] => [
    ["CONTEXT", "SUCCEED", from, "SUCCEEDED"],
    ["CONTEXT", "FAIL", from, "FAILED"],
  ]),
  ["WAIT", "START", "", "STARTED"],
  ["WAIT", "CANCEL", "STARTED", "CANCELLED"],
  ["CALLBACK", "START", "", "STARTED"],
  ["CHAINED_INVOKE", "START", "", "STARTED"],
  ["CHAINED_INVOKE", "CANCEL", "STARTED", "CANCELLED"],
];

/**
 * An update whose contents are right, so that only its place in the table and its parent decide. Three of four are ones that
 * the type knows, most of them without a parent: batches of several are then taken about as often as they are refused.
 */
export const update = fc
  .record({
    id: fc.constantFrom("a", "b", "c", "d"),
    known: fc.constantFrom(...TABLE.map(([type, action]) => ({ type, action }))),
    any: fc.record({ type: fc.constantFrom(...TYPES), action: fc.constantFrom(...ACTIONS) }),
    isAny: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
    parent: fc.option(fc.constantFrom("a", "b", "none"), { nil: undefined, freq: 1 }),
    hasParent: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
  })
  .map(({ id, known, any, isAny, parent, hasParent }) => {
    const { type, action } = isAny ? any : known;
    return OperationUpdate.parse({
      Id: type === "EXECUTION" ? "x" : id,
      Type: type,
      Action: action,
      ...(hasParent && parent !== undefined && { ParentId: parent }),
      ...(action === "RETRY" && { StepOptions: { NextAttemptDelaySeconds: 5 } }),
      ...(type === "WAIT" && { WaitOptions: { WaitSeconds: 5 } }),
      ...(type === "CHAINED_INVOKE" && { ChainedInvokeOptions: { FunctionName: "f" } }),
    });
  });

export interface Modelled {
  type: string;
  state: State;
  parent: string | undefined;
}

/** What the batch makes of the operations, or undefined where it is to be refused whole. */
export function model(before: ReadonlyMap<string, Modelled>, batch: readonly OperationUpdate[]) {
  const after = new Map(before);
  const seen = new Map<string, OperationUpdate[]>();
  for (const [index, { Id, Type, Action, ParentId }] of batch.entries()) {
    if (Type === "EXECUTION") {
      const isEnd = Action === "SUCCEED" || Action === "FAIL";
      if (!isEnd || index !== batch.length - 1) return undefined;
      continue;
    }
    const earlier = seen.get(Id) ?? [];
    const isPair = earlier.length === 1 && earlier[0]?.Action === "START" && ["STEP", "CONTEXT"].includes(Type);
    if (earlier.length > 0 && !isPair) return undefined;
    const known = after.get(Id);
    if (known && (known.type !== Type || known.parent !== ParentId)) return undefined;
    if (ParentId !== undefined && after.get(ParentId)?.type !== "CONTEXT") return undefined;
    const row = TABLE.find(
      ([type, action, from]) => type === Type && action === Action && from === (known?.state ?? ""),
    );
    if (!row) return undefined;
    after.set(Id, { type: Type, state: row[3], parent: ParentId });
    seen.set(Id, [...earlier, { Id, Type, Action }]);
  }
  return after;
}
