import type { Contract } from "#workflow";
import { textOf } from "./names.ts";
import { isConditional } from "./paths.ts";
import { all, at, nameOf } from "./source.ts";
import type { Asked, Problem, Site } from "./walk.ts";

/** What the body asks for, held against what its contract says of it. */
export function checkContract(
  asked: readonly Asked[],
  body: Site,
  { reviews, budget }: Pick<Contract, "reviews" | "budget">,
): Problem[] {
  return [
    ...asked.flatMap((one) => [...checkUndo(one), ...checkDeadline(one, reviews)]),
    ...checkBudget(asked, body, budget),
  ];
}

const UNDONE = /^(undo|noUndo|irreversible|pointOfNoReturn|SpreadElement)$/;

/** A saga's step says how it is taken back, or why it is not; what an activity makes, the types hold to it. */
function checkUndo({ source, node, operation }: Asked): Problem[] {
  const spec = operation.isSaga && operation.what.endsWith(".step") ? all(node, "arguments")[1] : undefined;
  if (spec?.type !== "ObjectExpression") return [];
  if (all(spec, "properties").some((one) => UNDONE.test(nameOf(at(one, "key")) ?? one.type))) return [];
  const message = `${operation.what} ${textOf(operation.name) ?? ""} says neither how it is taken back nor why not. Give it \`undo\`, or a reason as \`noUndo\`, \`irreversible\` or \`pointOfNoReturn\`.`;
  return [{ source, node, rule: "undo", message }];
}

/** A review waits as long as its contract, or the request for it, says. */
function checkDeadline({ source, node, operation }: Asked, reviews: Contract["reviews"]): Problem[] {
  const { what, name } = operation;
  const text = textOf(name);
  if (!/(^|\.)(requestDecision|decide)$/.test(what) || text === undefined || reviews[text]) return [];
  const request = all(node, "arguments").at(-1);
  if (request?.type !== "ObjectExpression") return [];
  const says = all(request, "properties").map((one) => nameOf(at(one, "key")) ?? one.type);
  if (says.some((key) => /^(deadlineSeconds|rules|SpreadElement)$/.test(key))) return [];
  const known = Object.keys(reviews).map((one) => `"${one}"`);
  const message = `The review "${text}" has no deadline: the contract's \`reviews\` ${known.length > 0 ? `has ${known.join(", ")}` : "is empty"}. Add it there, with role, deadlineSeconds and onExpiry.`;
  return [{ source, node, rule: "deadline", message }];
}

/** What is counted straight through the body must find room; recorded histories count the other ways. */
function checkBudget(asked: readonly Asked[], { source, node }: Site, budget: Contract["budget"]): Problem[] {
  const straight = asked.filter((one) => [...one.by, one].every((site) => !isConditional(site)));
  const least = straight.reduce((sum, { operation }) => sum + operation.counts, 1);
  if (least <= budget.operations) return [];
  const message = `The contract's budget of ${budget.operations} operations is too small: straight through, the body needs ${least}. Raise \`budget.operations\` in contract.ts, or ask for fewer.`;
  return [{ source, node, rule: "budget", message }];
}
