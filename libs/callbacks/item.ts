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
const PREFIX = "review#";

export const reviewName = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, "1 to 41 of a-z, 0-9 and -, a letter first");
export const reviewId = (execution: string, name: string) => `${execution}.${name}`;

/** @throws ReviewNotFoundError for what cannot be an id */
export function keyOf(id: string): Key {
  const [, execution, name] = /^([A-Za-z0-9_-]{1,64})\.([a-z][a-z0-9-]{0,40})$/.exec(id) ?? [];
  if (!execution || !name) throw new ReviewNotFoundError(id.slice(0, 120));
  return { case: execution, entry: PREFIX + name };
}

export const isReview = (item: Item) => String(item.entry).startsWith(PREFIX);

/**
 * The table's item. `inbox` and `undelivered` are the sparse keys of two indexes: the item stands in the one while it
 * is open, in the other from its settlement until its delivery.
 */
export function toItem(review: Review, callbackId: string): Item {
  const { id, execution, ...rest } = review;
  return { ...rest, ...keyOf(id), inbox: review.request.role, callbackId };
}

export function fromItem(item: Item): Review {
  const {
    case: execution,
    entry: _entry,
    inbox: _inbox,
    callbackId: _callback,
    undelivered: _due,
    settledAt: _at,
    ...rest
  } = item;
  return Review.parse({ ...rest, execution, id: reviewId(String(execution), String(item.name)) });
}
