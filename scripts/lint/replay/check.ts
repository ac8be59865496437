import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { Contract } from "#workflow";
import { checkContract } from "./contract.ts";
import { checkNames } from "./names.ts";
import {
  all,
  at,
  childrenOf,
  createSources,
  isFunction,
  isNode,
  type Node,
  nameOf,
  type Source,
  type Sources,
} from "./source.ts";
import { type Problem, type Site, walk } from "./walk.ts";

/** One mistake, as it is told. Lines and columns are counted from 1. */
export interface Mistake {
  file: string;
  line: number;
  column: number;
  rule: string;
  message: string;
}

/** The mistakes in the bodies of all workflows under a repository's root: what a replay would not forgive. */
export async function checkWorkflows(root: string): Promise<Mistake[]> {
  const folders = await readdir(join(root, "workflows"), { withFileTypes: true });
  const names = folders.filter((one) => one.isDirectory() && !one.name.startsWith(".")).map(({ name }) => name);
  const found = await Promise.all(names.sort().map((name) => checkFolder(join(root, "workflows", name))));
  const mistakes = found.flat().map(({ source, node, rule, message }) => ({
    file: relative(root, source.file),
    ...placeOf(source, node),
    rule,
    message,
  }));
  return [...new Map(mistakes.map((one) => [JSON.stringify(one), one])).values()];
}

async function checkFolder(folder: string): Promise<Problem[]> {
  const file = join(folder, "workflow.ts");
  if (!existsSync(file)) return [];
  const sources = createSources();
  const body = bodyOf(sources.load(file), sources);
  if (!body) return [];
  const { asked, problems } = walk(body, sources);
  const { contract } = (await import(pathToFileURL(join(folder, "contract.ts")).href)) as { contract: Contract };
  return [...problems, ...checkNames(asked, body.node), ...checkContract(asked, body, contract)];
}

/** The function that `defineWorkflow(contract, createActivities, …)` is given, or the one that a name stands for. */
function bodyOf(source: Source, sources: Sources): Site | undefined {
  const call = find(
    source.program,
    (node) => node.type === "CallExpression" && nameOf(at(node, "callee")) === "defineWorkflow",
  );
  const given = all(call, "arguments")[2];
  if (isFunction(given)) return { source, node: given };
  return given && sources.find(source, nameOf(given) ?? "");
}

function find(node: Node, test: (node: Node) => boolean): Node | undefined {
  if (test(node)) return node;
  for (const child of childrenOf(node)) {
    const found = find(child, test);
    if (isNode(found)) return found;
  }
  return undefined;
}

function placeOf({ text }: Source, { start }: Node) {
  const before = text.slice(0, start).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
