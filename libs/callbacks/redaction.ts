import type { Item } from "#platform";
import type { Person } from "./person.ts";
import type { Decision, Review } from "./review.ts";

const ERASED = "erased";
const nobody: Person = { subject: ERASED, name: ERASED };

/** An ended review without what it was about and who acted: its course, its times and its outcome stay. */
export function redacted(review: Review): Review {
  const {
    comments: _comments,
    questions: _questions,
    late: _late,
    votes: _votes,
    assignee: _assignee,
    ...rest
  } = review;
  const { role, title, quorum, isSample } = review.request;
  return {
    ...rest,
    request: { title, role, concern: ERASED, facts: [], ...(quorum && { quorum }), ...(isSample && { isSample }) },
    ...(review.decision && { decision: redactedDecision(review.decision) }),
    audit: review.audit.map(({ act, at, details, version, by }) => ({
      act,
      at,
      by: by === "Longhaul" ? by : ERASED,
      ...(details && { details }),
      ...(version && { version }),
    })),
  };
}

function redactedDecision({ outcome, at, round, option, code, by }: Decision): Decision {
  const chosen = { ...(option && { option }), ...(code && { code }) };
  return { outcome, at, round, reason: ERASED, comment: "", ...chosen, ...(by && { by: nobody }) };
}

/** A case's end without people; it can no longer be contested, for nobody knows any more who must not decide it. */
export function redactedOutcome(item: Item): Item {
  const { applicant: _applicant, contestableUntil: _until, explanation: _explanation, ...rest } = item;
  const contest = item.contest && { ...item.contest, by: nobody, reason: ERASED };
  return { ...rest, input: {}, decidedBy: [], ...(contest && { contest }) };
}
