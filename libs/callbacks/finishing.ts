import { type Item, logger } from "#platform";
import { type Announce, eventsOf } from "./announcing.ts";
import type { Chain } from "./chain/chain.ts";
import { callbacksOf, isReview, type Kept, keptOf } from "./item.ts";
import { keepPrecedent } from "./precedents.ts";
import type { AuditEntry, Decision } from "./review.ts";
import type { ReviewStore } from "./store.ts";
import { only, sweepAll } from "./sweeping.ts";

export interface Delivery {
  /** Sends the decision to the sleeping execution; false where nothing waits for it any more. */
  answerCallback: (callbackId: string, decision: Decision) => Promise<boolean>;
  /** Whether this callback has been answered: asked where `answerCallback` said that nothing waits. */
  wasAnswered?: (executionArn: string, callbackId: string) => Promise<boolean>;
  /** Tells others of what has happened. */
  announce?: Announce;
}

export type Finishing = ReturnType<typeof createFinishing>;

/**
 * What follows an act: an owed decision is sent, others are told of it, and the audit list's new entries go into the case's chain. Both can be
 * repeated at any point; what a crash leaves undone stands in the outbox, and the sweeper does it.
 */
export function createFinishing(options: { store: ReviewStore; chain: Chain; at: () => string } & Delivery) {
  const { store, chain, at, answerCallback, wasAnswered, announce } = options;

  const deliver = async ({ review, keeping }: Kept): Promise<Kept> => {
    if (!review.decision || !keeping.owed) return { review, keeping };
    // "Nothing waits" may mean that an earlier sending arrived whose record a crash prevented.
    let taken = false;
    for (const callbackId of callbacksOf(keeping)) {
      const isTaken =
        (await answerCallback(callbackId, review.decision)) ||
        ((await wasAnswered?.(review.executionArn, callbackId)) ?? false);
      taken ||= isTaken;
    }
    const entry: AuditEntry = { act: taken ? "delivered" : "undeliverable", at: at(), by: "Longhaul" };
    const recorded = await store.act(review.id, {
      entry,
      set: { delivered: taken },
      remove: ["owed"],
      revision: keeping.revision,
    });
    if (recorded) return recorded;
    const now = await store.find(review.id);
    return now.keeping.owed ? deliver(now) : now;
  };

  const link = async ({ review, keeping }: Kept): Promise<void> => {
    for (const [index, entry] of review.audit.entries()) {
      if (index < keeping.chained) continue;
      const { act, at: when, by, note, person, version, details } = entry;
      const { subject, email, via } = person ?? {};
      await chain.append(review.execution, {
        source: `${review.name}#${index}`,
        act,
        at: when,
        review: review.name,
        version,
        details,
        personal: {
          by,
          ...(subject && { subject }),
          ...(email && { email }),
          ...(via && { via }),
          ...(note !== undefined && { words: note }),
        },
      });
    }
    await store.kept(review.id, review.audit.length);
  };

  const finish = async (kept: Kept): Promise<Kept> => {
    // What is proved does not wait for a delivery that fails: it is tried again, by the sweeper.
    let failure: unknown;
    const delivered = await deliver(kept).catch((error: unknown) => {
      failure = error;
      return kept;
    });
    const news = delivered.review.audit.slice(delivered.keeping.chained).map(({ act }) => act);
    await keepPrecedent(store.table, delivered.review, news);
    const events = announce ? eventsOf(delivered.review, delivered.keeping.chained) : [];
    if (events.length > 0) await announce?.(events);
    await link(delivered);
    if (failure !== undefined) throw failure;
    return delivered;
  };

  return {
    finish,

    /** The act stands in the table; what cannot follow now is left to the sweeper. */
    finishSoon: (kept: Kept): Promise<Kept> =>
      finish(kept).catch((error: unknown) => {
        logger.warn("An act on a review waits for the sweeper", {
          review: kept.review.id,
          error: error instanceof Error ? error.name : "unknown",
        });
        return kept;
      }),

    /** Finishes what was left behind; answers how many reviews. */
    sweep: (pages: AsyncIterable<readonly Item[]>): Promise<number> =>
      sweepAll(only(pages, isReview), (item) => finish(keptOf(item))),
  };
}
