import { createCore } from "./core.ts";
import { createDeciding, type Deciding } from "./deciding.ts";
import type { Delegations } from "./delegations.ts";
import { createFinishing, type Delivery } from "./finishing.ts";
import { createListing, type Listing } from "./listing.ts";
import { createPrecedents, type Precedents } from "./precedents.ts";
import { createProof, type Proof } from "./proof.ts";
import type { Review } from "./review.ts";
import type { ReviewStore } from "./store.ts";
import { createTiming, type Timing } from "./timing.ts";
import { createWorking, type Working } from "./working.ts";

/** The registry of reviews: every way in which one opens, is read, is worked on and ends. */
export interface Reviews extends Listing, Deciding, Working, Timing, Proof, Precedents {
  /** Delivers decisions, and writes into the chains, what a crash left behind; answers how many reviews. */
  sweep(): Promise<number>;
}

export function createReviews(
  options: {
    store: ReviewStore;
    delegations?: Delegations;
    /** Tells the applicant of a question. */
    tellApplicant?: (review: Review) => Promise<unknown>;
    now?: () => number;
  } & Delivery,
): Reviews {
  const { store, delegations, now = Date.now } = options;
  const at = () => new Date(now()).toISOString();
  const finishing = createFinishing({ ...options, chain: store.chain, at });
  const core = createCore({ store, finishing, now, ...(delegations && { delegations }) });
  return {
    ...createListing(store, store.table),
    ...createDeciding(core),
    ...createWorking(core, options.tellApplicant),
    ...createTiming(core),
    ...createProof(core),
    ...createPrecedents(store.table),
    sweep: () => finishing.sweep(store.outbox()),
  };
}
