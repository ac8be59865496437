// Rules for what types cannot say of a saga. Oxlint loads it as a plugin: `longhaul/saga-actions` in .oxlintrc.json.

const message =
  "Inside a saga everything goes by `s`: an action beside it would not be undone. Use s.step, s.wait or s.decide, or do it before or after.";

const swallowed = "A saga's error is not to be swallowed: throw it again, or let the saga undo.";

/** What acts on the outside, or on the execution, without the saga's knowing. */
const DURABLE = /^(step|wait|invoke|createCallback|waitForCallback|waitForCondition|runInChildContext|parallel|map)$/;

const isFunction = (node) => node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression";

/** The functions that are bodies of sagas: the third argument of `saga(ctx, name, body)`. */
function isBody(node) {
  const call = node.parent;
  return (
    isFunction(node) &&
    call?.type === "CallExpression" &&
    call.callee.type === "Identifier" &&
    call.callee.name === "saga" &&
    call.arguments[2] === node
  );
}

function isInBody(node) {
  for (let at = node; at; at = at.parent) {
    // What a step's own spec does is the step's: `run`, `undo`, `check`.
    if (at.type === "Property" && at.parent?.parent?.type === "CallExpression" && isStep(at.parent.parent))
      return false;
    if (isBody(at)) return true;
  }
  return false;
}

const isStep = ({ callee }) =>
  callee.type === "MemberExpression" && callee.property.name === "step" && callee.object.name !== "ctx";

const actions = {
  create: (context) => ({
    CallExpression(node) {
      const { callee } = node;
      const isBare =
        callee.type === "Identifier" &&
        (callee.name === "step" || callee.name === "fetch" || callee.name === "requestDecision");
      const isContext =
        callee.type === "MemberExpression" && callee.object.name === "ctx" && DURABLE.test(callee.property.name);
      const isActivity =
        callee.type === "MemberExpression" &&
        callee.object.name === "activities" &&
        node.parent?.type === "AwaitExpression";
      const isSwallowed =
        callee.type === "MemberExpression" &&
        callee.property.name === "catch" &&
        callee.object.type === "CallExpression" &&
        isStep(callee.object);
      if (isSwallowed && isInBody(node)) context.report({ node, message: swallowed });
      if ((isBare || isContext || isActivity) && isInBody(node)) context.report({ node, message });
    },
    CatchClause(node) {
      const rethrows = node.body.body.some(({ type }) => type === "ThrowStatement");
      if (!rethrows && isInBody(node)) context.report({ node, message: swallowed });
    },
  }),
};

export default { meta: { name: "longhaul" }, rules: { "saga-actions": actions } };
