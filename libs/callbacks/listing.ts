import { z } from "zod";
import type { Item, Table } from "#platform";
import { InvalidDecisionError } from "./errors.ts";
import { fromItem, queueOf, scoreOrder } from "./item.ts";
import type { Person } from "./person.ts";
import type { Review } from "./review.ts";
import type { ReviewStore } from "./store.ts";
import type { reviewTable } from "./table.ts";

export interface Page {
  reviews: Review[];
  /** Pass it as `after` for the next page; absent on the last one. */
  next?: string;
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
  /** The role in whose inbox the reviews stand; an escalated one stands in the higher role's. */
  role: string;
  workflow?: string;
  deadline?: Between<string>;
  opened?: Between<string>;
  score?: Between<number>;
  /** Default: what is filtered by, else the deadline. Nearest deadline, oldest, or lowest score first. */
  order?: "deadline" | "age" | "score";
  backwards?: boolean;
}

export interface Listing {
  /** @throws ReviewNotFoundError */
  get(id: string): Promise<Review>;
  /** All reviews of one execution. */
  ofCase(execution: string): Promise<Review[]>;
  /** Open reviews of one role, the nearest deadline first. */
  listOpen(role: string, page?: PageOptions): Promise<Page>;
  /**
   * Open reviews by filter: one query a page. Role, workflow and the bounds of the order's own key choose what is read;
   * other bounds sift what was read, so that such a page may hold fewer than `limit` and still have a next one.
   */
  list(filter: OpenFilter, page?: PageOptions): Promise<Page>;
  /** What a person has claimed or was given, the nearest deadline first. */
  assignedTo(person: Pick<Person, "subject">, page?: PageOptions): Promise<Page>;
  /** Ended reviews of a workflow, the latest first. */
  settled(workflow: string, page?: PageOptions): Promise<Page>;
  /** How many open reviews a role has, and how many of them are past a moment (an ISO time): read from keys alone. */
  count(role: string, deadlineBefore?: string): Promise<number>;
}

const ORDERS = {
  deadline: { index: "", sort: "deadlineAt" },
  age: { index: "-by-age", sort: "openedAt" },
  score: { index: "-by-score", sort: "scoreOrder" },
} as const;

export function createListing(store: ReviewStore, table: Table): Listing {
  const page = async (
    query: { index: keyof typeof reviewTable.indexes; partition: string; value: string } & Partial<Conditions>,
    { limit = 50, after, backwards }: PageOptions & { backwards?: boolean },
  ): Promise<Page> => {
    const { index, partition, value, key = [], filter = [], names = {}, values = {} } = query;
    const { items, next } = await table.query({
      index,
      key: ["#partition = :partition", ...key].join(" AND "),
      ...(filter.length > 0 && { filter: filter.join(" AND ") }),
      names: { "#partition": partition, ...names },
      values: { ":partition": value, ...values },
      limit: Math.min(Math.max(limit, 1), 100),
      ...(after && { after: fromCursor(after, partition, value) }),
      ...(backwards && { backwards }),
    });
    return { reviews: items.map(fromItem), ...(next && { next: toCursor(next) }) };
  };

  const list: Listing["list"] = (filter, options = {}) => {
    const { role, workflow, backwards = false } = filter;
    const bounds: Record<keyof typeof ORDERS, Between<string> | undefined> = {
      score: filter.score && scoreBounds(filter.score),
      age: filter.opened,
      deadline: filter.deadline,
    };
    const bound = (["score", "age", "deadline"] as const).filter((order) => bounds[order]);
    const order = filter.order ?? bound[0] ?? "deadline";
    const conditions = bound.map((one) => between(ORDERS[one].sort, bounds[one] ?? {}, one === order));
    const list = workflow === undefined ? "inbox" : "queue";
    return page(
      {
        index: `${list}${ORDERS[order].index}`,
        partition: list,
        value: workflow === undefined ? role : queueOf(role, workflow),
        key: conditions.flatMap(({ key }) => key),
        filter: conditions.flatMap(({ filter: sift }) => sift),
        names: Object.assign({}, ...conditions.map(({ names }) => names)) as Record<string, string>,
        values: Object.assign({}, ...conditions.map(({ values }) => values)) as Item,
      },
      { ...options, backwards },
    );
  };

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

interface Conditions {
  key: string[];
  filter: string[];
  names: Record<string, string>;
  values: Item;
}

/** A key takes one condition: both bounds of the order's own key are one BETWEEN. */
function between(attribute: string, { from, to }: Between<string>, isKey: boolean): Conditions {
  const condition =
    from !== undefined && to !== undefined
      ? `#${attribute} BETWEEN :${attribute}From AND :${attribute}To`
      : from !== undefined
        ? `#${attribute} >= :${attribute}From`
        : `#${attribute} <= :${attribute}To`;
  const isBound = from !== undefined || to !== undefined;
  const conditions = isBound ? [condition] : [];
  return {
    key: isKey ? conditions : [],
    filter: isKey ? [] : conditions,
    names: isBound ? { [`#${attribute}`]: attribute } : {},
    values: {
      ...(from !== undefined && { [`:${attribute}From`]: from }),
      ...(to !== undefined && { [`:${attribute}To`]: to }),
    },
  };
}

/** Within bounds there are scores only: a review without one sorts after all of them. */
const scoreBounds = ({ from, to }: Between<number>): Between<string> => ({
  from: scoreOrder(from ?? 0),
  to: scoreOrder(to ?? 100),
});

const toCursor = (key: Item) => Buffer.from(JSON.stringify(key)).toString("base64url");

function fromCursor(cursor: string, partition: string, value: string): Item {
  const Key = z.record(z.string().max(20), z.string().max(200));
  try {
    const key = Key.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    if (key[partition] === value && Object.keys(key).length === 4) return key;
  } catch {
    // Said below.
  }
  throw new InvalidDecisionError("Expected `after` to be what the page before gave as `next`.");
}
