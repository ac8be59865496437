import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseSync } from "oxc-parser";

/** A node of ESTree with TypeScript's; https://github.com/estree/estree. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** What is looked at of one file. */
export interface Source {
  file: string;
  text: string;
  program: Node;
  /** By their local name. */
  imports: ReadonlyMap<string, { from: string; name: string }>;
  /** Functions and constants of the file's own level. */
  functions: ReadonlyMap<string, Node>;
  constants: ReadonlySet<string>;
  parentOf: (node: Node) => Node | undefined;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

/** A member that is a node. */
export const at = (node: Node | undefined, key: string): Node | undefined => {
  const value = node?.[key];
  return isNode(value) ? value : undefined;
};
/** A member that is a list of nodes. */
export const all = (node: Node | undefined, key: string): Node[] => {
  const value = node?.[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
};
export const childrenOf = (node: Node): Node[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));

export const nameOf = (node: Node | undefined): string | undefined =>
  node?.type === "Identifier" ? String(node.name) : undefined;
export type FunctionNode = Node & { params: unknown };
export const isFunction = (node: Node | undefined): node is FunctionNode =>
  node !== undefined && /^(ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(node.type);

/** Reads files as they are asked for, each once. */
export function createSources() {
  const read = new Map<string, Source>();
  const load = (file: string): Source => {
    const known = read.get(file);
    if (known) return known;
    const source = parse(file);
    read.set(file, source);
    return source;
  };
  return {
    load,
    /** The function that a name stands for in a file: one of its own level, or of a file that it imports by a path. */
    find(source: Source, name: string): { source: Source; node: Node } | undefined {
      const own = source.functions.get(name);
      if (own) return { source, node: own };
      const imported = source.imports.get(name);
      if (!imported?.from.startsWith(".")) return undefined;
      const file = resolve(dirname(source.file), imported.from);
      if (!existsSync(file)) return undefined;
      const other = load(file);
      const node = other.functions.get(imported.name);
      return node && { source: other, node };
    },
  };
}
export type Sources = ReturnType<typeof createSources>;

function parse(file: string): Source {
  const text = readFileSync(file, "utf8");
  const program = parseSync(file, text).program as unknown as Node;
  const parents = new WeakMap<Node, Node>();
  const link = (node: Node) => {
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      link(child);
    }
  };
  link(program);

  const imports = new Map<string, { from: string; name: string }>();
  const functions = new Map<string, Node>();
  const constants = new Set<string>();
  for (const statement of all(program, "body")) {
    if (statement.type === "ImportDeclaration") {
      const from = String(at(statement, "source")?.value);
      for (const one of all(statement, "specifiers"))
        imports.set(nameOf(at(one, "local")) ?? "", { from, name: nameOf(at(one, "imported")) ?? "*" });
      continue;
    }
    const declared = statement.type === "ExportNamedDeclaration" ? at(statement, "declaration") : statement;
    if (declared?.type === "FunctionDeclaration") functions.set(nameOf(at(declared, "id")) ?? "", declared);
    if (declared?.type !== "VariableDeclaration") continue;
    for (const one of all(declared, "declarations")) {
      const name = nameOf(at(one, "id")) ?? "";
      const init = at(one, "init");
      constants.add(name);
      if (isFunction(init)) functions.set(name, init);
    }
  }
  return { file, text, program, imports, functions, constants, parentOf: (node) => parents.get(node) };
}
