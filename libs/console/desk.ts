import type { Review, Reviews } from "#callbacks";
import type { Contract } from "#workflow";

/** What the console's pages and its API work on. */
export interface Desk {
  contracts: readonly Contract[];
  reviews: Reviews;
  /** The text that a review is about; undefined where it has none, or it is gone. */
  documentText(review: Review): Promise<string | undefined>;
  now(): number;
}
