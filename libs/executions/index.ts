export { parseExecutionArn } from "./arn.ts";
export { readUse, useOf } from "./counting.ts";
export { createIndexer } from "./indexer.ts";
export {
  createExecutionListing,
  type ExecutionFilter,
  type ExecutionPage,
  InvalidExecutionQueryError,
  type OpenVersion,
} from "./listing.ts";
export { overrunsOf } from "./overrun.ts";
export { ExecutionRecord, STATUSES, type Status, subjectOf, subjectOfKey, Use } from "./record.ts";
export { RepairState, repairKeyOf } from "./repair.ts";
export { createExecutionStore } from "./store.ts";
export { executionTable } from "./table.ts";
