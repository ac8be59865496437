export { Calendar } from "./calendar.ts";
export { ContinuationError, type Continued, continueAs, continuedState } from "./continuation/continue-as.ts";
export { hasRoom } from "./continuation/has-room.ts";
export { Continuation, partOf } from "./continuation/part.ts";
export {
  type BucketTrigger,
  bucketTrigger,
  type Contract,
  ContractData,
  defineContract,
  InvalidContractError,
  inputPrefix,
  type QueueTrigger,
  queueTrigger,
} from "./contract.ts";
export { withDeadline } from "./deadline.ts";
export { defineWorkflow } from "./define-workflow.ts";
export {
  DeadlineExceededError,
  InvalidInputError,
  InvalidResultError,
  NestedStepError,
  RerunDiffersError,
} from "./errors.ts";
export { guardClient } from "./guarded-client.ts";
export { InputReference } from "./input-reference.ts";
export { Rerun, type Taken, withoutRerun } from "./rerun/event.ts";
export { ReviewRules } from "./review-rules.ts";
export { contractOf } from "./running.ts";
export { type Json, type StepOptions, step } from "./step.ts";
