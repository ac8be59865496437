import type { Table } from "#platform";
import { assertKey, fromCursor, toCursor } from "./cursor.ts";
import { fromItem } from "./item.ts";
import { mergedPage, within } from "./merged-page.ts";
import type { Person } from "./person.ts";
import type { Review } from "./review.ts";
import type { ReviewStore } from "./store.ts";
import { reviewTable } from "./table.ts";

export interface Page {
  reviews: Review[];
  /** Pass it as `after` for the next page; absent on the last one. */
  next?: string;
  /** So much was read that the page ends here, though it is not full: more may stand behind `next`. */
  stopped?: true;
}

export interface PageOptions {
  /** 1 to 100, default 50. */
  limit?: number;
  after?: string;
}

/** Bounds, both included; either may be missing. Times are ISO 8601 in UTC. */
export interface Between<T> {
  from?: T;
  to?: T;
}

export interface OpenFilter {
  /** The role in whose inbox the reviews stand, or several; an escalated one stands in the higher role's. */
  role: string | readonly string[];
  workflow?: string;
  deadline?: Between<string>;
  opened?: Between<string>;
  score?: Between<number>;
  /** Default: what is filtered by, else the deadline. Nearest deadline, oldest, or lowest score first. */
  order?: "deadline" | "age" | "score";
  backwards?: boolean;
  /** What else must hold of a review. */
  keep?: (review: Review) => boolean;
}

export interface Listing {
  /** @throws ReviewNotFoundError */
  get(id: string): Promise<Review>;
  /** All reviews of one execution. */
  ofCase(execution: string): Promise<Review[]>;
  /** Open reviews of one role, the nearest deadline first. */
  listOpen(role: string, page?: PageOptions): Promise<Page>;
  /**
   * Open reviews by filter: one query a page and role, sorted together. Role, workflow and the bounds of the order's own key
   * choose what is read; other bounds, and `keep`, sift what was read, and then as much more is read as fills the page, within
   * a bound (`stopped`).
   */
  list(filter: OpenFilter, page?: PageOptions): Promise<Page>;
  /** What a person has claimed or was given, the nearest deadline first. */
  assignedTo(person: Pick<Person, "subject">, page?: PageOptions): Promise<Page>;
  /** Ended reviews of a workflow, the latest first. */
  settled(workflow: string, page?: PageOptions): Promise<Page>;
  /** How many open reviews a role has, and how many of them are past a moment (an ISO time): read from keys alone. */
  count(role: string, deadlineBefore?: string): Promise<number>;
}

export function createListing(store: ReviewStore, table: Table): Listing {
  /** One query of an index whose partition holds what is asked for. */
  const page = async (
    { index, partition, value }: { index: "assigned" | "settled"; partition: string; value: string },
    { limit = 50, after, backwards }: PageOptions & { backwards?: boolean },
  ): Promise<Page> => {
    const { sort } = reviewTable.indexes[index];
    const { items, next } = await table.query({
      index,
      key: "#partition = :partition",
      names: { "#partition": partition },
      values: { ":partition": value },
      limit: within(limit),
      ...(after && { after: keyFrom(after, { partition, value, sort }) }),
      ...(backwards && { backwards }),
    });
    return { reviews: items.map(fromItem), ...(next && { next: toCursor(next) }) };
  };
  const list: Listing["list"] = (filter, options = {}) => mergedPage(table, filter, options);

  return {
    get: store.get,
    ofCase: store.ofExecution,
    list,
    listOpen: (role, options) => list({ role }, options),
    assignedTo: ({ subject }, options = {}) =>
      page({ index: "assigned", partition: "assigned", value: subject }, options),
    settled: (workflow, options = {}) =>
      page({ index: "settled", partition: "settled", value: workflow }, { ...options, backwards: true }),
    count: (role, before) =>
      table.count({
        index: "tally",
        key: before ? "inbox = :role AND deadlineAt < :before" : "inbox = :role",
        values: { ":role": role, ...(before && { ":before": before }) },
      }),
  };
}

const keyFrom = (cursor: string, of: { partition: string; value: string; sort: string }) =>
  assertKey(fromCursor(cursor), of);
