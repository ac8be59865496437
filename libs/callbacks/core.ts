import type { Actor } from "./authority.ts";
import type { Settlement } from "./deciding.ts";
import type { Delegations } from "./delegations.ts";
import type { Finishing } from "./finishing.ts";
import { type AuditEntry, type Decision, type Review, rolesOf, roundOf } from "./review.ts";
import type { ReviewStore } from "./store.ts";

export type Core = ReturnType<typeof createCore>;

/** What every way of ending a review shares. */
export function createCore(options: {
  store: ReviewStore;
  finishing: Finishing;
  delegations?: Delegations;
  now: () => number;
}) {
  const { store, finishing, delegations, now } = options;
  const at = () => new Date(now()).toISOString();

  return {
    store,
    now,
    at,
    finishSoon: finishing.finishSoon,

    /** Looks up what a person was lent, where the own roles do not let them act on the review. */
    async equipped<A extends Actor>(review: Review, actor: A): Promise<A> {
      if (actor.lent || !delegations || rolesOf(review).some((role) => actor.roles.includes(role))) return actor;
      return { ...actor, lent: await delegations.lentTo(actor.by) };
    },

    /** One conditional write ends the review; delivery and chain follow. Undefined where it had ended or changed before. */
    async end(
      review: Review,
      decision: Decision,
      made: { entry?: AuditEntry; revision?: number },
    ): Promise<Settlement | undefined> {
      const { entry = entryOfEnd(decision), revision } = made;
      const kept = await store.settle(review, decision, {
        entry,
        owed: !review.request.isSample,
        ...(revision !== undefined && { revision }),
      });
      if (!kept) return undefined;
      const finished = await finishing.finishSoon(kept);
      const { delivered } = finished.review;
      const delivery = delivered ? "delivered" : finished.keeping.owed ? "pending" : "undeliverable";
      return { won: true, review: finished.review, delivery };
    },

    expiry: (review: Review): Decision => ({
      outcome: "expired",
      at: at(),
      reason: "Nobody decided before the deadline.",
      comment: "",
      round: roundOf(review),
    }),
  };
}

/** The entry of an end that no person decided. */
export function entryOfEnd({ outcome, at, reason }: Decision): AuditEntry {
  const act = outcome === "withdrawn" ? "withdrawn" : "expired";
  return { act, at, by: "Longhaul", note: reason, details: { outcome } };
}
