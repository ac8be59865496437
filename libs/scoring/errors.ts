import { LonghaulError } from "#platform";

/** The model's service is throttled, overloaded or out of reach: a later attempt may succeed. */
export class ScoringUnavailableError extends LonghaulError {
  override readonly retryable = true;
  constructor(cause: unknown) {
    super(
      "SCORING_UNAVAILABLE",
      `The model could not be asked: ${cause instanceof Error ? cause.name : "unknown error"}.`,
      { cause },
    );
  }
}
