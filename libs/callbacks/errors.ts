import { LonghaulError } from "#platform";

/** No review has this id. */
export class ReviewNotFoundError extends LonghaulError {
  constructor(id: string) {
    super("REVIEW_NOT_FOUND", `There is no review ${JSON.stringify(id)}.`);
  }
}

/** The person may not decide this review: the role is missing, or it is their own case. */
export class NotPermittedError extends LonghaulError {
  readonly why: "role" | "own-case";
  constructor(why: "role" | "own-case", role: string) {
    super(
      "NOT_PERMITTED",
      why === "role" ? `Deciding this review takes the role ${role}.` : "Nobody decides their own case.",
    );
    this.why = why;
  }
}

/** What was sent is no decision. */
export class InvalidDecisionError extends LonghaulError {
  constructor(message: string) {
    super("INVALID_DECISION", message);
  }
}
