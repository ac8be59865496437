import { areExclusive, givenBy, loopAround } from "./paths.ts";
import { all, at, type Node, nameOf } from "./source.ts";
import type { Asked, Problem } from "./walk.ts";

const WHY = "A replay finds what was done by its place and its name.";

/** Operations are named, by texts that stand in the code, and each by its own. */
export function checkNames(asked: readonly Asked[], body: Node): Problem[] {
  const named = asked.filter(({ operation }) => operation.named);
  return [...named.flatMap((one) => checkName(one, body)), ...doubled(named)];
}

function checkName(one: Asked, body: Node): Problem[] {
  const { operation, source, node } = one;
  const { what, name } = operation;
  const problem = (message: string): Problem[] => [{ source, node: name ?? node, rule: "name", message }];
  if (!name) return problem(`${what} has no name. Give it one, in the code's own words: \`${what}("…", …)\`.`);
  const given = givenBy(one, body);
  const isStatic = (part: Node): boolean => {
    if (part.type === "Literal") return typeof part.value === "string";
    if (part.type === "Identifier")
      return (
        given.has(String(part.name)) || source.constants.has(String(part.name)) || source.imports.has(String(part.name))
      );
    if (part.type === "TemplateLiteral") return all(part, "expressions").every(isStatic);
    return (
      part.type === "ConditionalExpression" &&
      [at(part, "consequent"), at(part, "alternate")].every((arm) => arm && isStatic(arm))
    );
  };
  if (!isStatic(name))
    return problem(
      `The name of ${what} is made of data: \`${source.text.slice(name.start, name.end)}\`. ${WHY} Write it out; in a loop, add the loop's own counter.`,
    );
  if (textOf(name) !== undefined && [...one.by, one].some(loopAround))
    return problem(
      `${what} "${textOf(name)}" stands in a loop, so that its name is used twice. ${WHY} Add the loop's counter: \`\${…}\`.`,
    );
  return [];
}

function doubled(asked: readonly Asked[]): Problem[] {
  const problems: Problem[] = [];
  for (const [index, one] of asked.entries()) {
    const text = textOf(one.operation.name);
    const before = asked
      .slice(0, index)
      .find(
        (other) =>
          text !== undefined &&
          textOf(other.operation.name) === text &&
          other.operation.isSaga === one.operation.isSaga &&
          (other.operation.what === "saga") === (one.operation.what === "saga") &&
          !areExclusive(other, one),
      );
    if (!before) continue;
    const line = before.source.text.slice(0, before.node.start).split("\n").length;
    const message = `The name "${text}" is used twice: line ${line} has it too. ${WHY} Give each its own.`;
    problems.push({ source: one.source, node: one.operation.name ?? one.node, rule: "name", message });
  }
  return problems;
}

/** A name that is one text, whatever runs. */
export function textOf(name: Node | undefined): string | undefined {
  if (name?.type === "Literal" && typeof name.value === "string") return name.value;
  const isPlain = name?.type === "TemplateLiteral" && all(name, "expressions").length === 0;
  return isPlain
    ? String(nameOf(name) ?? (all(name, "quasis")[0]?.value as { cooked?: string } | undefined)?.cooked)
    : undefined;
}
