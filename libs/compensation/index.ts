export type { Retries } from "./attempt.ts";
export { CANCEL, type Cancellation, CancelRequest, cancellable } from "./cancellable.ts";
export { type CancelOrder, cancelExecution, stopWithoutCompensation } from "./cancelling.ts";
export { concludeSaga, outcomeOf } from "./conclude.ts";
export {
  CancelNotPermittedError,
  InvalidCancelError,
  NothingHappenedError,
  SagaMisuseError,
  SagaStoppedError,
} from "./errors.ts";
export type { Answer, Ask, Choice, Officer, Question } from "./officer.ts";
export { SagaError, SagaOutcome, SagaStatus, SagaStepReport } from "./outcome.ts";
export { DEFAULT_POLICIES, type Policies } from "./policies.ts";
export { type Ended, type SagaOptions, saga } from "./saga.ts";
export type { Saga } from "./scope.ts";
export type { Call, Checked, SagaStep, UndoCall, Undone } from "./spec.ts";
