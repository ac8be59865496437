import { chanceIn } from "./chance.ts";
import { type Operation, operationOf, partsOf } from "./durable.ts";
import { all, at, childrenOf, isFunction, type Node, nameOf, type Source, type Sources } from "./source.ts";

/** Where code stands: its file and the node. */
export interface Site {
  source: Source;
  node: Node;
}

/** An operation that the body asks for, with the calls of helpers on the way to it, the outermost first. */
export interface Asked extends Site {
  operation: Operation;
  by: readonly Site[];
}

export interface Problem extends Site {
  rule: "chance" | "nested" | "awaited" | "name" | "budget" | "deadline" | "undo";
  message: string;
}

type Kind = "context" | "saga";
interface Place {
  zone: "body" | "step";
  contexts: ReadonlyMap<string, Kind>;
  by: readonly Site[];
  /** The functions that are being walked: one that calls itself is walked once. */
  within: readonly Node[];
}

/** Follows a workflow's body, and every function of its folder that it calls, as a replay runs it. */
export function walk(body: Site, sources: Sources): { asked: Asked[]; problems: Problem[] } {
  const asked: Asked[] = [];
  const problems: Problem[] = [];
  const report = (rule: Problem["rule"], site: Site, message: string, by: readonly Site[]) => {
    if (isAllowed(site)) return;
    const way = by.map(({ node }) => `${nameOf(at(node, "callee")) ?? nameOf(node)}`);
    problems.push({
      ...site,
      rule,
      message: way.length > 0 ? `${message} Called by way of ${way.join(", ")}.` : message,
    });
  };

  const enter = (fn: Node, source: Source, place: Place, first?: Kind) => {
    if (place.within.includes(fn)) return;
    const contexts = new Map([...place.contexts, ...contextsOf(fn, first)]);
    const inner = { ...place, contexts, within: [...place.within, fn] };
    for (const param of all(fn, "params")) visit(param, source, inner);
    const inside = at(fn, "body");
    if (inside) visit(inside, source, inner);
  };

  const visit = (node: Node, source: Source, place: Place): void => {
    if (/^TS/.test(node.type) && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return;
    if (isFunction(node)) {
      enter(node, source, place);
      return;
    }
    const operation = operationOf(node, source, place.contexts);
    if (operation) {
      operate(operation, node, source, place);
      return;
    }
    const chance = place.zone === "body" ? chanceIn(node, source) : undefined;
    if (chance) report("chance", { source, node }, `${chance.what} in a workflow's body ${chance.advice}`, place.by);
    follow(node, source, place);
    for (const child of childrenOf(node)) visit(child, source, place);
  };

  const operate = (operation: Operation, node: Node, source: Source, place: Place) => {
    const site = { source, node };
    if (place.zone === "step") {
      const message = `${operation.what} inside a step: a step is one operation and holds no other. Do it after the step, with what the step returned, or make both parts of \`ctx.runInChildContext\`.`;
      report("nested", site, message, place.by);
      return;
    }
    if (isForgotten(site))
      report(
        "awaited",
        site,
        `${operation.what} is not awaited: it would be lost when the execution sleeps. Await it.`,
        place.by,
      );
    asked.push({ ...site, operation, by: place.by });
    const step = { ...place, zone: "step" as const };
    for (const one of operation.inside) visitWork(one, source, step, place);
    const first: Kind = operation.what === "saga" || operation.isSaga ? "saga" : "context";
    for (const { functions, others } of operation.beside.map(partsOf)) {
      for (const fn of functions) enter(fn, source, place, first);
      for (const other of others) visit(other, source, place);
    }
    if (operation.name) visit(operation.name, source, place);
  };

  /** A function is the step's, and so are an object's; a call that makes them (`activities.reserve(…)`) is the body's. */
  const visitWork = (node: Node, source: Source, step: Place, place: Place) => {
    const { functions, others } = partsOf(node);
    for (const fn of functions) enter(fn, source, step);
    for (const other of others) {
      const isCall = other === node && other.type === "CallExpression";
      const helper = sources.find(source, nameOf(isCall ? at(other, "callee") : other) ?? "");
      if (helper) enter(helper.node, helper.source, { ...step, by: [...step.by, { source, node: other }] });
      // What it is given is made in the body.
      if (isCall) for (const one of all(other, "arguments")) visit(one, source, place);
      else visit(other, source, place);
    }
  };

  /** Goes on in a function of the folder that is called, or handed on to be. */
  const follow = (node: Node, source: Source, place: Place) => {
    const called = node.type === "CallExpression" ? [at(node, "callee"), ...all(node, "arguments")] : [];
    for (const one of called) {
      const name = nameOf(one);
      const helper = name === undefined ? undefined : sources.find(source, name);
      if (!helper || /activities\.ts$/.test(helper.source.file)) continue;
      enter(helper.node, helper.source, {
        ...place,
        by: [...place.by, { source, node: one === at(node, "callee") ? node : (one ?? node) }],
      });
    }
  };

  const [context] = all(body.node, "params");
  const contexts = new Map<string, Kind>([[nameOf(context) ?? "ctx", "context"]]);
  enter(body.node, body.source, { zone: "body", contexts, by: [], within: [] }, "context");
  return { asked, problems };
}

/** The parameters that are contexts: by their type, and the first where the caller gives one. */
function contextsOf(fn: Node, first?: Kind): [string, Kind][] {
  return all(fn, "params").flatMap((param, index): [string, Kind][] => {
    const name = nameOf(param);
    const type = nameOf(at(at(at(param, "typeAnnotation"), "typeAnnotation"), "typeName"));
    if (!name) return [];
    if (type === "DurableContext") return [[name, "context"]];
    if (type === "Saga") return [[name, "saga"]];
    return index === 0 && first ? [[name, first]] : [];
  });
}

/** `void step(…)`, or a statement of its own: type-aware lint sees the second too, and not the first. */
function isForgotten({ source, node }: Site): boolean {
  const parent = source.parentOf(node);
  return parent?.type === "ExpressionStatement" || (parent?.type === "UnaryExpression" && parent.operator === "void");
}

/** A comment on the line or the one before: `// replay-safe: ` and the reason. */
function isAllowed({ source, node }: Site): boolean {
  const before = source.text.slice(0, node.start).split("\n");
  const line = (before.at(-1) ?? "") + (source.text.slice(node.start).split("\n", 1)[0] ?? "");
  return [before.at(-2) ?? "", line].some((text) => /\/\/ replay-safe: .{10,}/.test(text));
}
