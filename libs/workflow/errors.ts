import { LonghaulError } from "#platform";

/** A workflow was started with something else than its contract's input. */
export class InvalidInputError extends LonghaulError {
  constructor(workflow: string, problem: string) {
    super("INPUT_INVALID", `The input of ${workflow} is not as its contract says. ${problem}`);
  }
}

/** A workflow's body returned something else than its contract's result. */
export class InvalidResultError extends LonghaulError {
  constructor(workflow: string, problem: string) {
    super("RESULT_INVALID", `The result of ${workflow} is not as its contract says. ${problem}`);
  }
}

/** A step's work did not end in time. The outcome of what it had begun is unknown. */
export class DeadlineExceededError extends LonghaulError {
  override readonly retryable = true;
  constructor(step: string, deadlineMs: number) {
    super("STEP_DEADLINE_EXCEEDED", `The step ${JSON.stringify(step)} did not end within ${deadlineMs} ms.`);
  }
}

/** A step was begun inside another one's work. It is a mistake in the code, and stops at its first run. */
export class NestedStepError extends LonghaulError {
  constructor(step: string, outer: string) {
    super(
      "STEP_NESTED",
      `The step ${JSON.stringify(step)} was begun inside the step ${JSON.stringify(outer)}, which is one operation and holds no other. Begin it after that one, with what it returned.`,
    );
  }
}

/** A rerun from a step met other code than the one that made the record. None of its own steps has run. */
export class RerunDiffersError extends LonghaulError {
  constructor({ of, place, expected, asked }: { of: string; place: number; expected: string; asked: string }) {
    super(
      "RERUN_DIFFERS",
      `The code no longer fits ${of}: expected ${expected} as its operation ${place}, as it was recorded, got ${asked}. Rerun it from its beginning.`,
    );
  }
}
