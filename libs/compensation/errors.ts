import { LonghaulError } from "#platform";

/**
 * An action says for certain that nothing happened and that trying again cannot help: declined, refused, not found. Every
 * other error leaves the outcome unknown, and the action is then undone as if it had happened.
 * @example throw new NothingHappenedError("CARD_DECLINED", "The card was declined.");
 */
export class NothingHappenedError extends LonghaulError {}

/** A saga was written in a way that could not be undone. It is a mistake in the code, and stops at its first run. */
export class SagaMisuseError extends LonghaulError {
  constructor(problem: string) {
    super("SAGA_MISUSE", problem);
  }
}

/**
 * What `s.step` throws into the saga's body once the saga has stopped. Catching it changes nothing: every later step throws
 * it again, and the saga is undone when its body ends.
 */
export class SagaStoppedError extends LonghaulError {
  constructor(step: string) {
    super("SAGA_STOPPED", `The saga stopped at ${JSON.stringify(step)}; what it did is being undone.`);
  }
}

/** The person lacks the role that the contract asks for, or the workflow cannot be cancelled. */
export class CancelNotPermittedError extends LonghaulError {
  constructor(problem: string) {
    super("CANCEL_NOT_PERMITTED", problem);
  }
}

/** What was sent is no cancel. */
export class InvalidCancelError extends LonghaulError {
  constructor(problem: string) {
    super("CANCEL_INVALID", problem);
  }
}
