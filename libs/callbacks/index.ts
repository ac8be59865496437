export type { DecisionRequest, OptionToOffer, ReviewToAsk } from "./asking.ts";
export { type Actor, authorityOver, concerns } from "./authority.ts";
export { type CaseEnding, type Cases, createCases, type Lineage } from "./cases/cases.ts";
export { ContestRefusedError } from "./cases/errors.ts";
export { CaseOutcome, Reopening } from "./cases/outcome.ts";
export { CaseExport, verifyExport } from "./chain/export.ts";
export { exportPage } from "./chain/page.ts";
export type { Verification } from "./chain/verify.ts";
export type { BulkItem, BulkOutcome, ReviewAnswer, Settlement } from "./deciding.ts";
export {
  createDelegations,
  Delegation,
  type Delegations,
  InvalidDelegationError,
  type Lent,
} from "./delegations.ts";
export { versionOf } from "./digest.ts";
export {
  casesFromEnvironment,
  delegationsFromEnvironment,
  linksFromEnvironment,
  receiveCallback,
  receiverFromEnvironment,
  reviewsFromEnvironment,
  withdrawEnded,
} from "./environment.ts";
export {
  BusyReviewError,
  InvalidDecisionError,
  InvalidRequestError,
  NotPermittedError,
  OutdatedViewError,
  ReviewEndedError,
  ReviewNotFoundError,
} from "./errors.ts";
export {
  awaitExternal,
  type CallbackAddress,
  ExternalCallError,
  type ExternalRequest,
} from "./external/await-external.ts";
export { createExternalCalls } from "./external/calls.ts";
export {
  CallbackAction,
  type CallbackReceiver,
  type CallbackReply,
  createCallbackReceiver,
} from "./external/receive.ts";
export { createLinks, type Links, type OpenLink } from "./links.ts";
export type { Between, OpenFilter, Page, PageOptions } from "./listing.ts";
export { watchOldestReviews } from "./oldest-review.ts";
export { isSamePerson, Person } from "./person.ts";
export { LOOKED_AT, NEAR, type Similar } from "./precedents.ts";
export type { Problem } from "./problem.ts";
export type { HistoryEntry, Proof } from "./proof.ts";
export { optionsOf, ReviewOption, ReviewRequest, ReviewScore } from "./request.ts";
export { type ReviewDesk, requestDecision } from "./request-decision.ts";
export { AuditEntry, Decision, Outcome, Review, rolesOf } from "./review.ts";
export { createReviews, type Reviews } from "./reviews.ts";
export { expireSamples, openSample, SAMPLE, type SampleOutcome, withAudits } from "./sample.ts";
export { problemOf } from "./settlement-problem.ts";
export { createReviewStore, type ReviewStore } from "./store.ts";
export { createSweeper, type Swept, sweptByDeployment } from "./sweeper.ts";
export { reviewTable } from "./table.ts";
