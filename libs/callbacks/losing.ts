import type { Core } from "./core.ts";
import type { Settlement } from "./deciding.ts";
import { BusyReviewError } from "./errors.ts";
import { isSamePerson } from "./person.ts";
import type { Decision, Review } from "./review.ts";

const TRIES = 25;

/** What becomes of a decision that decides nothing: why it does not, and what is kept of it. */
export function createLosing({ store, end, expiry, finishSoon }: Core) {
  /** A decision after the deadline ends the review as expired and decides nothing. */
  const late = async (open: Review, decision: Decision): Promise<Settlement> => {
    const ended = await end(open, expiry(open), {});
    const review = ended?.review ?? (await store.get(open.id));
    return review.status === "expired" ? keepLate(review, decision) : lost(review, decision);
  };
  /** What was decided too late is kept, once for each person and at most 20 times: it can be a reason to reopen. */
  const keepLate = async (expired: Review, decision: Decision): Promise<Settlement> => {
    const { by, at: when, reason, outcome } = decision;
    for (let tries = 0; by && tries < TRIES; tries += 1) {
      const { review, keeping } = await store.find(expired.id);
      const { late: known = [] } = review;
      if (known.length >= 20 || known.some((one) => one.by && isSamePerson(one.by, by)))
        return { won: false, why: "expired", review };
      const added = await store.act(review.id, {
        entry: { act: "late", at: when, by: by.name, person: by, note: reason, details: { outcome } },
        revision: keeping.revision,
        set: { late: [...known, decision] },
      });
      if (added) return { won: false, why: "expired", review: (await finishSoon(added)).review };
    }
    throw new BusyReviewError();
  };

  const lost = async (review: Review, decision: Decision): Promise<Settlement> => {
    if (review.supersededBy) return { won: false, why: "superseded", review };
    if (review.status === "withdrawn") return { won: false, why: "withdrawn", review };
    if (review.status === "expired") return keepLate(review, decision);
    const { by, outcome } = review.decision ?? {};
    const isOwn = by && decision.by && isSamePerson(by, decision.by) && outcome === decision.outcome;
    return { won: false, why: isOwn ? "duplicate" : "decided", review };
  };

  return { late, lost };
}
