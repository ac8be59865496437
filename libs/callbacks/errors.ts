import { LonghaulError } from "#platform";

/** No review has this id. */
export class ReviewNotFoundError extends LonghaulError {
  constructor(id: string) {
    super("REVIEW_NOT_FOUND", `There is no review ${JSON.stringify(id)}.`);
  }
}

const NOT_PERMITTED = {
  role: (role: string) => `Deciding this review takes the role ${role}.`,
  addressee: () => "This review is for somebody else to decide.",
  "own-case": () => "Nobody decides their own case.",
  excluded: () => "The workflow has excluded you from this decision.",
  "same-person": () => "You have agreed already: it takes a second, different person.",
  claimed: () => "Somebody else works on this review. Take it over first, or wait until it is released.",
  applicant: () => "Only the applicant may do this.",
};

/** The person may not do this with this review: the role is missing, it is their own case, or somebody else has it. */
export class NotPermittedError extends LonghaulError {
  readonly why: keyof typeof NOT_PERMITTED;
  constructor(why: keyof typeof NOT_PERMITTED, role: string) {
    super("NOT_PERMITTED", NOT_PERMITTED[why](role));
    this.why = why;
  }
}

/** What was sent is no decision. */
export class InvalidDecisionError extends LonghaulError {
  constructor(message: string) {
    super("INVALID_DECISION", message);
  }
}

/** What the person was shown is not what the review says now: it has to be read again. */
export class OutdatedViewError extends LonghaulError {
  constructor() {
    super("VIEW_OUTDATED", "The case has changed since you were shown it. Read it again, then decide.");
  }
}

/** The review has ended, so this cannot be done with it any more. */
export class ReviewEndedError extends LonghaulError {
  constructor(status: string) {
    super("REVIEW_ENDED", `Expected an open review, got one that is ${status}.`);
  }
}

/** Too many others changed the review in the same moment. */
export class BusyReviewError extends LonghaulError {
  override readonly retryable = true;
  constructor() {
    super("REVIEW_BUSY", "Others change this review in this very moment. Try again.");
  }
}

/** A workflow asks for something that cannot be asked. */
export class InvalidRequestError extends LonghaulError {
  constructor(problem: string) {
    super("REQUEST_INVALID", `The request for a decision is not valid. ${problem}`);
  }
}
