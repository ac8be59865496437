import { all, at, isFunction, type Node, type Source } from "./source.ts";
import type { Asked, Site } from "./walk.ts";

const LOOPS = /^(For|ForOf|ForIn|While|DoWhile)Statement$/;
const BRANCHES = /^(If|Switch|Try)Statement$|^(Conditional|Logical)Expression$|^CatchClause$/;

/** What is around a node within its own function, the innermost first. */
export function around({ source, node }: Site): Node[] {
  const found: Node[] = [];
  for (let up = source.parentOf(node); up && !isFunction(up); up = source.parentOf(up)) found.push(up);
  return found;
}

/** Whether it may run more than once in one run of its function. */
export const loopAround = (site: Site): Node | undefined => around(site).find(({ type }) => LOOPS.test(type));

/** Whether some way through its function leaves it out. */
export const isConditional = (site: Site): boolean =>
  around(site).some(({ type }) => LOOPS.test(type) || BRANCHES.test(type));

/** Whether no run comes by both: other arms of one branch, or the first ends its function. */
export function areExclusive(one: Asked, other: Asked): boolean {
  const [first, second] = pair(one, other);
  if (!first || !second || first.source !== second.source) return false;
  const [a, b] = first.node.start <= second.node.start ? [first, second] : [second, first];
  return inOtherArms(a, b) || endsBefore(a, b);
}

/** Where the ways to the two part. */
function pair(one: Asked, other: Asked): [Site | undefined, Site | undefined] {
  const [a, b] = [one, other].map((asked) => [...asked.by, asked]);
  const index = a?.findIndex((site, place) => site.node !== b?.[place]?.node) ?? -1;
  return index < 0 ? [undefined, undefined] : [a?.[index], b?.[index]];
}

function inOtherArms(a: Site, b: Site): boolean {
  const above = [b.node, ...around(b)];
  const chain = [a.node, ...around(a)];
  const branch = chain.find((node) => above.includes(node));
  if (branch?.type !== "IfStatement" && branch?.type !== "ConditionalExpression") return false;
  const arms = [at(branch, "consequent"), at(branch, "alternate")];
  const armOf = (nodes: Node[]) => arms.find((arm) => arm && nodes.includes(arm));
  const [x, y] = [armOf(chain), armOf(above)];
  return x !== undefined && y !== undefined && x !== y;
}

/** The earlier stands in a `return`, or in a block that ends its function, and the later does not. */
function endsBefore(a: Site, b: Site): boolean {
  const later = [b.node, ...around(b)];
  return around(a).some((node) => {
    if (later.includes(node)) return false;
    if (node.type === "ReturnStatement") return true;
    const last = node.type === "BlockStatement" ? all(node, "body").at(-1) : undefined;
    return last !== undefined && /^(Return|Throw)Statement$/.test(last.type);
  });
}

/** Names that a loop around the node, or a function around it other than the body, gives. */
export function givenBy({ source, node }: Site, body: Node): Set<string> {
  const names = new Set<string>();
  for (let up = source.parentOf(node); up; up = source.parentOf(up)) {
    if (LOOPS.test(up.type)) {
      const left = at(up, "left") ?? at(up, "init");
      for (const name of bound(left, source)) names.add(name);
    }
    if (isFunction(up) && up !== body)
      for (const param of all(up, "params")) for (const name of bound(param, source)) names.add(name);
  }
  return names;
}

/** The identifiers that a pattern or a declaration binds. */
function bound(node: Node | undefined, source: Source): string[] {
  if (!node) return [];
  if (node.type === "Identifier") return [String(node.name)];
  if (node.type === "VariableDeclaration")
    return all(node, "declarations").flatMap((one) => bound(at(one, "id"), source));
  if (node.type === "Property") return bound(at(node, "value"), source);
  if (node.type === "AssignmentPattern") return bound(at(node, "left"), source);
  if (node.type === "RestElement") return bound(at(node, "argument"), source);
  if (node.type === "ObjectPattern") return all(node, "properties").flatMap((one) => bound(one, source));
  return node.type === "ArrayPattern" ? all(node, "elements").flatMap((one) => bound(one, source)) : [];
}
