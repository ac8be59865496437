import { all, at, isFunction, type Node, nameOf, type Source } from "./source.ts";

/** A durable operation as the code asks for it. */
export interface Operation {
  /** As it is written: `step`, `s.step`, `ctx.wait`. */
  what: string;
  /** Undefined where it takes none. */
  name: Node | undefined;
  /** Whether a name was to be there. */
  named: boolean;
  /** What runs inside the operation, as a step does: once, with its result kept. */
  inside: Node[];
  /** What runs beside it, as the body does: again in each replay. Each is given a context of its own. */
  beside: Node[];
  /** How many operations the service counts at least. */
  counts: number;
  /** Steps of a saga have names of their own. */
  isSaga: boolean;
}

/** The libraries' operations by what they are imported as: where the work stands, and how many the service counts. */
const LIBRARY: Readonly<Record<string, { from: string; counts: number; work?: number; nameless?: true }>> = {
  step: { from: "#workflow", counts: 1, work: 2 },
  requestDecision: { from: "#callbacks", counts: 3 },
  awaitExternal: { from: "#callbacks", counts: 2, work: 2 },
  saga: { from: "#compensation", counts: 0 },
  cancellable: { from: "#compensation", counts: 1, nameless: true },
  receive: { from: "#signals", counts: 3 },
  interruptible: { from: "#signals", counts: 0 },
  sleepUntil: { from: "#signals", counts: 0 },
};

/** The context's and a saga's own, with how many the service counts. */
const METHODS: Readonly<Record<string, number>> = {
  step: 1,
  wait: 1,
  decide: 3,
  invoke: 1,
  createCallback: 1,
  waitForCallback: 3,
  waitForCondition: 2,
  runInChildContext: 1,
  parallel: 1,
  map: 1,
};
const WORKING = ["step", "waitForCallback", "waitForCondition"];

/** What a call asks for, if it is one of these. `contexts` are the names that stand for a context or a saga there. */
export function operationOf(call: Node, source: Source, contexts: ReadonlyMap<string, "context" | "saga">) {
  if (call.type !== "CallExpression") return undefined;
  const callee = at(call, "callee");
  const given = all(call, "arguments");
  const imported = source.imports.get(nameOf(callee) ?? "");
  const known = imported && LIBRARY[imported.name];
  if (known && known.from === imported.from) {
    const work = known.work === undefined ? undefined : given[known.work];
    return operation(imported.name, {
      name: known.nameless ? undefined : given[1],
      named: !known.nameless,
      inside: work ? [work] : [],
      beside: given.slice(2).filter((one) => one !== work),
      counts: known.counts,
      isSaga: false,
    });
  }
  if (callee?.type !== "MemberExpression") return undefined;
  const object = nameOf(at(callee, "object")) ?? "";
  const method = nameOf(at(callee, "property")) ?? "";
  const kind = contexts.get(object);
  const counts = METHODS[method];
  if (!kind || counts === undefined) return undefined;
  const named = given[0] !== undefined && !isFunction(given[0]) && given[0].type !== "ObjectExpression";
  const rest = given.slice(named ? 1 : 0);
  const isWork = WORKING.includes(method);
  return operation(`${object}.${method}`, {
    name: named ? given[0] : undefined,
    named: true,
    inside: isWork ? rest.slice(0, 1) : [],
    beside: isWork ? rest.slice(1) : rest,
    counts,
    isSaga: kind === "saga",
  });
}

const operation = (what: string, rest: Omit<Operation, "what">): Operation => ({ what, ...rest });

/** The functions in an argument (itself, members of an object, entries of a list), and what else is in it. */
export function partsOf(node: Node): { functions: Node[]; others: Node[] } {
  if (isFunction(node)) return { functions: [node], others: [] };
  const members =
    node.type === "ObjectExpression"
      ? all(node, "properties").map((property) => at(property, "value") ?? property)
      : node.type === "ArrayExpression" && all(node, "elements");
  if (!members) return { functions: [], others: [node] };
  const parts = members.map(partsOf);
  return { functions: parts.flatMap(({ functions }) => functions), others: parts.flatMap(({ others }) => others) };
}
