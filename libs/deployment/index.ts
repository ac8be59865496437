export {
  consoleFunction,
  type Deployment,
  dispatcherFunction,
  type FunctionPlan,
  sweeperFunction,
  workflowFunction,
} from "./functions.ts";
export { names } from "./names.ts";
export { queueFigures } from "./queues.ts";
