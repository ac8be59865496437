export { reviewsFromEnvironment } from "./environment.ts";
export { InvalidDecisionError, NotPermittedError, ReviewNotFoundError } from "./errors.ts";
export { type DecisionRequest, type ReviewDesk, requestDecision } from "./request-decision.ts";
export { type AuditEntry, Decision, Outcome, Person, Review, ReviewRequest, ReviewScore } from "./review.ts";
export { createReviews, type Page, type ReviewAnswer, type Reviews, type Settlement } from "./reviews.ts";
export { createReviewStore, type ReviewStore } from "./store.ts";
export { createSweeper } from "./sweeper.ts";
export { reviewTable } from "./table.ts";
