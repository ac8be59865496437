import { z } from "zod";
import type { Item } from "#platform";
import { ReviewNotFoundError } from "./errors.ts";
import { Review } from "./review.ts";

/** How a review lies in the table: by its execution, so that one consistent query finds all reviews of a case. */
export interface Key {
  case: string;
  entry: string;
}

/** The entry that says that a case was withdrawn, also for reviews that it has not opened yet. */
export const WITHDRAWN = "withdrawn";
export const REVIEW_PREFIX = "review#";

export const reviewName = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, "1 to 41 of a-z, 0-9 and -, a letter first");
export const reviewId = (execution: string, name: string) => `${execution}.${name}`;

/** @throws ReviewNotFoundError for what cannot be an id */
export function keyOf(id: string): Key {
  const [, execution, name] = /^([A-Za-z0-9_-]{1,64})\.([a-z][a-z0-9-]{0,40})$/.exec(id) ?? [];
  if (!execution || !name) throw new ReviewNotFoundError(id.slice(0, 120));
  return { case: execution, entry: REVIEW_PREFIX + name };
}

export const isReview = (item: Item) => String(item.entry).startsWith(REVIEW_PREFIX);

/** What an item holds beside its review. */
export const Keeping = z.object({
  callbackId: z.string(),
  /** Those of stages that asked again, after an interruption: the decision goes to each of them. */
  askedAgain: z.array(z.string()).optional(),
  /** Grows by one with each act: an act says which revision it was made from. */
  revision: z.int(),
  /** How many entries of the audit list are in the case's chain. */
  chained: z.int(),
  /** Present while the decision has to be sent. */
  owed: z.literal("yes").optional(),
});
export type Keeping = z.infer<typeof Keeping>;

/** A review with what the store keeps beside it; never leaves this library. */
export interface Kept {
  review: Review;
  keeping: Keeping;
}

/** The keys of the lists in which an open review stands; all of them are removed when it ends. */
export const LIST_KEYS = ["inbox", "queue", "scoreOrder", "assigned"] as const;

export const listKeys = (review: Review) => {
  const role = review.escalatedTo ?? review.request.role;
  return { inbox: role, queue: queueOf(role, review.workflow), scoreOrder: scoreOrder(usableScore(review)) };
};

/** Undefined where there is none, or none that anything goes by. */
const usableScore = ({ request: { score } }: Review) => (score?.isUnusable ? undefined : score?.value);

export const queueOf = (role: string, workflow: string) => `${role}#${workflow}`;

/** Scores as text that sorts as numbers do; a review without one comes last. */
export const scoreOrder = (score: number | undefined) =>
  score === undefined ? "none" : score.toFixed(3).padStart(7, "0");

/** Every callback that the decision is sent to; all but one are of stages that were left. */
export const callbacksOf = ({ callbackId, askedAgain = [] }: Keeping) => [callbackId, ...askedAgain];

export function toItem(review: Review, callbackId: string): Item {
  const { id, execution: _case, ...rest } = review;
  const outbox = { outbox: "yes", outboxAt: review.openedAt };
  const keeping: Keeping = { callbackId, revision: 0, chained: 0 };
  return { ...rest, ...keyOf(id), ...listKeys(review), ...keeping, ...outbox };
}

/** What an item holds that is not the review itself. */
export const OURS: readonly string[] = [
  ...LIST_KEYS,
  "outbox",
  "outboxAt",
  "settled",
  "settledAt",
  "entry",
  "case",
  ...Object.keys(Keeping.shape),
];

export function fromItem(item: Item): Review {
  const rest = Object.fromEntries(Object.entries(item).filter(([name]) => !OURS.includes(name)));
  const execution = String(item.case);
  return Review.parse({ ...rest, execution, id: reviewId(execution, String(item.name)) });
}

export const keptOf = (item: Item): Kept => ({ review: fromItem(item), keeping: Keeping.parse(item) });
