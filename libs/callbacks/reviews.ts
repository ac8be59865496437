import { z } from "zod";
import { type Item, logger } from "#platform";
import { InvalidDecisionError, NotPermittedError } from "./errors.ts";
import { fromItem } from "./item.ts";
import { type Decision, Outcome, Person, type Review } from "./review.ts";
import type { ReviewStore } from "./store.ts";

/** Who won a settlement: `won` is false where the review had ended before; `review.decision` says who, when and what. */
export interface Settlement {
  won: boolean;
  review: Review;
}

export interface Page {
  reviews: Review[];
  /** Pass it as `after` for the next page; absent on the last one. */
  next?: string;
}

export interface ReviewAnswer {
  outcome: Outcome;
  /** Why, in the person's words: 1 to 2,000 characters. */
  reason: string;
  by: Person;
  /** The roles that the identity provider says the person holds. */
  roles: readonly string[];
}

/** The registry of reviews: every way in which one opens, is read and ends. */
export interface Reviews {
  /** @throws ReviewNotFoundError */
  get(id: string): Promise<Review>;
  /** Open reviews of one role, the nearest deadline first; `limit` 1 to 100, default 50. */
  listOpen(role: string, page?: { limit?: number; after?: string }): Promise<Page>;
  /**
   * Settles a review by a person's decision with one conditional write, then delivers it to the execution. A second,
   * late or concurrent decision changes nothing and answers `won: false` with what had been decided.
   * @throws ReviewNotFoundError, NotPermittedError, InvalidDecisionError
   */
  decide(id: string, answer: ReviewAnswer): Promise<Settlement>;
  /** Ends every open review of an execution, and every one that it would still open. Answers those that it ended. */
  withdraw(execution: string, reason: string): Promise<Review[]>;
  /** Opens a review; repeated, it changes nothing. A withdrawn execution's review ends at once. */
  open(review: Review, callbackId: string): Promise<void>;
  /** Ends a review whose deadline has passed, unless a person was faster; answers how it ended. */
  expire(id: string): Promise<Decision>;
  /** Notes in the audit list that the reviewers were told. */
  told(id: string): Promise<void>;
  /** Delivers decisions that a crash left behind; answers how many. */
  sweep(): Promise<number>;
}

const Answer = z.strictObject({
  outcome: Outcome,
  reason: z.string().trim().min(1, "a reason of 1 to 2,000 characters").max(2_000, "a reason of 1 to 2,000 characters"),
  by: Person,
  roles: z.array(z.string()).readonly(),
});

/** `answerCallback` sends the decision to the sleeping execution; false where nothing waits for it any more. */
export function createReviews(options: {
  store: ReviewStore;
  answerCallback: (callbackId: string, decision: Decision) => Promise<boolean>;
  now?: () => number;
}): Reviews {
  const { store, answerCallback, now = Date.now } = options;
  const at = () => new Date(now()).toISOString();

  const deliver = async (review: Review): Promise<Review> => {
    if (!review.decision) return review;
    const taken = await answerCallback(await store.callbackId(review.id), review.decision);
    const act = taken ? "delivered" : "undeliverable";
    return (await store.delivered(review.id, { act, at: at(), by: "Longhaul" })) ?? store.get(review.id);
  };
  /** The decision stands in the table; if it cannot be sent now, the sweeper sends it. */
  const deliverSoon = (review: Review) =>
    deliver(review).catch((error: unknown) => {
      logger.warn("A decision waits for the sweeper", {
        review: review.id,
        error: error instanceof Error ? error.name : "unknown",
      });
      return review;
    });
  const end = async (id: string, decision: Decision): Promise<Settlement> => {
    const settled = await store.settle(id, decision, true);
    return settled ? { won: true, review: await deliverSoon(settled) } : { won: false, review: await store.get(id) };
  };
  const withdrawal = (reason: string): Decision => ({ outcome: "withdrawn", at: at(), reason });
  const expiry = (): Decision => ({ outcome: "expired", at: at(), reason: "Nobody decided before the deadline." });

  return {
    get: (id) => store.get(id),

    async listOpen(role, { limit = 50, after } = {}) {
      const { items, next } = await store.listOpen(
        role,
        Math.min(Math.max(limit, 1), 100),
        after ? fromCursor(after) : undefined,
      );
      return { reviews: items.map(fromItem), ...(next && { next: toCursor(next) }) };
    },

    async decide(id, answer) {
      const review = await store.get(id);
      const { by, roles } = answer;
      if (!roles.includes(review.request.role)) throw new NotPermittedError("role", review.request.role);
      if (isOwnCase(review, by)) throw new NotPermittedError("own-case", review.request.role);
      const parsed = Answer.safeParse(answer);
      if (!parsed.success) throw new InvalidDecisionError(z.prettifyError(parsed.error));
      if (review.status !== "open") return { won: false, review };
      if (now() >= Date.parse(review.deadlineAt)) return { ...(await end(id, expiry())), won: false };
      const { outcome, reason } = parsed.data;
      return end(id, { outcome, by: parsed.data.by, at: at(), reason });
    },

    async withdraw(execution, reason) {
      await store.markWithdrawn(execution, reason, at());
      const open = (await store.ofExecution(execution)).filter((review) => review.status === "open");
      const ended = await Promise.all(open.map((review) => end(review.id, withdrawal(reason))));
      return ended.filter(({ won }) => won).map(({ review }) => review);
    },

    // The withdrawal is looked for after the review is in the table, as `withdraw` looks for reviews after its mark is:
    // whichever comes first, one of the two sees the other.
    async open(review, callbackId) {
      await store.add(review, callbackId);
      const reason = await store.withdrawal(review.execution);
      if (reason !== undefined) await end(review.id, withdrawal(reason));
    },

    async expire(id) {
      const review = (await store.settle(id, expiry(), false)) ?? (await store.get(id));
      return review.decision ?? expiry();
    },

    told: (id) => store.append(id, { act: "told", at: at(), by: "Longhaul" }),

    async sweep() {
      const left = await store.undelivered(100);
      const outcomes = await Promise.allSettled(left.map(deliver));
      return outcomes.filter(({ status }) => status === "fulfilled").length;
    },
  };
}

function isOwnCase(review: Review, by: Person) {
  const requester = review.request.requester?.toLowerCase();
  return requester !== undefined && (requester === by.email?.toLowerCase() || requester === by.subject.toLowerCase());
}

const toCursor = (key: Item) => Buffer.from(JSON.stringify(key)).toString("base64url");

function fromCursor(cursor: string): Item | undefined {
  const Key = z.strictObject({ case: z.string(), entry: z.string(), inbox: z.string(), deadlineAt: z.string() });
  try {
    return Key.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new InvalidDecisionError("Expected `after` to be what the page before gave as `next`.");
  }
}
