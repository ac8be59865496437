export { Calendar } from "./calendar.ts";
export { type Contract, ContractData, defineContract, InvalidContractError } from "./contract.ts";
export { defineWorkflow } from "./define-workflow.ts";
export { DeadlineExceededError, InvalidInputError, InvalidResultError } from "./errors.ts";
export { parseExecutionArn } from "./execution.ts";
export { guardClient } from "./guarded-client.ts";
export { ReviewRules } from "./review-rules.ts";
export { contractOf } from "./running.ts";
export { type Json, type StepOptions, step } from "./step.ts";
