export {
  consoleFunction,
  type Deployment,
  dispatcherFunction,
  type FunctionPlan,
  indexerFunction,
  readerFunction,
  readsDocuments,
  sweeperFunction,
  workflowFunction,
} from "./functions.ts";
export { names } from "./names.ts";
export { queueFigures } from "./queues.ts";
export { publishedVersions, sharesOf, type VersionCalls } from "./versions.ts";
