import { all, at, type Node, nameOf, type Source } from "./source.ts";

const INSIDE = 'Do it inside a step (`await step(ctx, "…", async () => …)`), whose result is kept';

const DATE = `is another instant in each replay. ${INSIDE}, or take the instant from the input.`;
const CHANCE = `comes to something else in each replay. ${INSIDE}.`;
const ENVIRONMENT = "may have changed when the execution wakes. Read it in activities.ts, inside a step.";
const OUTSIDE = `is made again in each replay. ${INSIDE}.`;
const TIMER = 'is forgotten when the execution sleeps. Use `ctx.wait("…", { seconds: … })`.';

const MEMBERS: Readonly<Record<string, string>> = {
  "Date.now": DATE,
  "Temporal.Now": DATE,
  "DateTime.now": DATE,
  "DateTime.local": DATE,
  "DateTime.utc": DATE,
  "performance.now": DATE,
  "process.hrtime": DATE,
  "process.uptime": DATE,
  "Math.random": CHANCE,
  "crypto.randomUUID": CHANCE,
  "crypto.getRandomValues": CHANCE,
  "process.env": ENVIRONMENT,
  "process.argv": ENVIRONMENT,
  "process.cwd": ENVIRONMENT,
};
const GLOBALS: Readonly<Record<string, string>> = {
  fetch: OUTSIDE,
  setTimeout: TIMER,
  setInterval: TIMER,
  setImmediate: TIMER,
};

/** Modules of Node that come to the same whenever they are asked. */
const PURE = /^node:(assert|buffer|events|path|punycode|querystring|string_decoder|url|util)(\/|$)/;
const DIGESTS = ["createHash", "createHmac", "hash"];
/** What of the platform only makes or tells. */
const HARMLESS = [
  "LonghaulError",
  "ConfigurationError",
  "ObjectNotFoundError",
  "isAwsError",
  "logger",
  "PRICES",
  "usdOf",
];

/** What a node does that a workflow's body may not do, with what to do in its place. */
export function chanceIn(node: Node, source: Source): { what: string; advice: string } | undefined {
  if (node.type === "MemberExpression") return memberOf(node, source);
  const callee = at(node, "callee");
  if (node.type === "NewExpression" && nameOf(callee) === "Date" && all(node, "arguments").length === 0)
    return { what: "new Date()", advice: DATE };
  if (node.type !== "CallExpression") return undefined;
  const root = rootOf(callee);
  const name = nameOf(root) ?? "";
  const imported = source.imports.get(name);
  if (name === "activities" && callee?.type === "MemberExpression")
    return { what: `activities.${nameOf(at(callee, "property"))}()`, advice: OUTSIDE };
  if (callee !== root) return undefined;
  if (imported) return callOf(imported);
  if (source.constants.has(name) || source.functions.has(name)) return undefined;
  if (name === "Date") return { what: "Date()", advice: DATE };
  const advice = GLOBALS[name];
  return advice ? { what: `${name}()`, advice } : undefined;
}

function memberOf(node: Node, source: Source) {
  const object = nameOf(at(node, "object")) ?? "";
  const what = `${object}.${nameOf(at(node, "property"))}`;
  const from = source.imports.get(object)?.from;
  // `import * as fs from "node:fs"`, and its default.
  if (from?.startsWith("node:") && from !== "node:crypto" && from !== "node:process" && !PURE.test(from))
    return { what, advice: OUTSIDE };
  const advice = MEMBERS[what];
  return advice ? { what, advice } : undefined;
}

function callOf({ from, name }: { from: string; name: string }) {
  if (from.startsWith("@aws-sdk/")) return { what: `${name}() of ${from}`, advice: OUTSIDE };
  if (from === "#platform" && !HARMLESS.includes(name)) return { what: `${name}() of ${from}`, advice: OUTSIDE };
  if (from === "node:crypto" && !DIGESTS.includes(name)) return { what: `${name}() of ${from}`, advice: CHANCE };
  const isNode = from.startsWith("node:") && from !== "node:crypto" && !PURE.test(from);
  return isNode ? { what: `${name}() of ${from}`, advice: OUTSIDE } : undefined;
}

function rootOf(node: Node | undefined): Node | undefined {
  return node?.type === "MemberExpression" ? rootOf(at(node, "object")) : node;
}
