import { LonghaulError } from "#platform";

/** What was sent is no signal of this workflow. */
export class InvalidSignalError extends LonghaulError {
  constructor(problem: string) {
    super("SIGNAL_INVALID", problem);
  }
}
