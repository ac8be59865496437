import { z } from "zod";
import type { Item, Table } from "#platform";
import { conditionsOf, ORDERS, type Order } from "./conditions.ts";
import { assertKey, fromCursor, refusedCursor, toCursor } from "./cursor.ts";
import { fromItem, keyOf, listKeys, queueOf } from "./item.ts";
import type { OpenFilter, Page, PageOptions } from "./listing.ts";
import type { Review } from "./review.ts";

/** At most this many queries a page and role: where filters sift, a page is filled from up to 2,000 reviews of each. */
const MOST_QUERIES = 20;
const MOST = 100;
const SPARE = 10;

export const within = (limit: number) => Math.min(Math.max(limit, 1), MOST);

/** One role's list in the index. */
interface Stream {
  role: string;
  partition: "inbox" | "queue";
  value: string;
  /** What was read and not yet given. */
  waiting: Review[];
  /** Behind which key what was not given stands; null: at the list's beginning. */
  given: Item | null;
  /** Where the next query begins; undefined: the list is read to its end. */
  unread: Item | null | undefined;
  queries: number;
}

/** One page of the open reviews of one role or of several, sorted together. */
export async function mergedPage(table: Table, filter: OpenFilter, { limit = 50, after }: PageOptions): Promise<Page> {
  const { keep = () => true, backwards = false } = filter;
  const most = within(limit);
  const { order, key, sift, names, values } = conditionsOf(filter);
  // `keep` lets most of them through: a little more than a page is enough to begin with.
  const first = sift.length > 0 ? MOST : within(filter.keep ? most + SPARE : most);
  const streams = streamsOf(filter, order, after);

  const readOn = async (stream: Stream): Promise<void> => {
    const { items, next } = await table.query({
      index: `${stream.partition}${ORDERS[order].index}`,
      key: ["#partition = :partition", ...key].join(" AND "),
      ...(sift.length > 0 && { filter: sift.join(" AND ") }),
      names: { "#partition": stream.partition, ...names },
      values: { ":partition": stream.value, ...values },
      limit: stream.queries === 0 ? first : MOST,
      ...(stream.unread && { after: stream.unread }),
      ...(backwards && { backwards }),
    });
    stream.queries += 1;
    stream.waiting = items.map(fromItem).filter(keep);
    stream.unread = next;
    if (stream.waiting.length === 0 && next) stream.given = next;
  };

  const reviews: Review[] = [];
  let stopped = false;
  while (reviews.length < most && !stopped) {
    const empty = streams.filter(({ waiting, unread }) => waiting.length === 0 && unread !== undefined);
    // While a list that goes on has nothing to show, nobody knows which review comes next.
    stopped = empty.some(({ queries }) => queries >= MOST_QUERIES);
    if (stopped) break;
    if (empty.length > 0) await Promise.all(empty.map(readOn));
    else {
      const next = firstOf(streams, order, backwards);
      if (!next) break;
      reviews.push(...give(next, order));
    }
  }
  const next = placesIn(streams);
  return { reviews, ...(next && { next }), ...(stopped && { stopped }) };
}

/** The list whose next review comes before the others'. */
function firstOf(streams: readonly Stream[], order: Order, backwards: boolean): Stream | undefined {
  const sortOf = ({ waiting: [review] }: Stream) => (review ? sortKey(review, order) : "");
  const [first, ...others] = streams.filter(({ waiting }) => waiting.length > 0);
  return others.reduce(
    (best, one) => (best && sortOf(one) < sortOf(best) !== backwards && sortOf(one) !== sortOf(best) ? one : best),
    first,
  );
}

function give(stream: Stream, order: Order): Review[] {
  const review = stream.waiting.shift();
  if (!review) return [];
  const place = { [stream.partition]: stream.value, [ORDERS[order].sort]: sortKey(review, order), ...keyOf(review.id) };
  stream.given = stream.waiting.length === 0 && stream.unread ? stream.unread : place;
  return [review];
}

const sortKey = (review: Review, order: Order) =>
  ({ deadline: review.deadlineAt, age: review.openedAt, score: listKeys(review).scoreOrder })[order];

/** Where the next page begins: each role that has more, and behind which key. Undefined where none has. */
function placesIn(streams: readonly Stream[]): string | undefined {
  const more = streams.filter(({ waiting, unread }) => waiting.length > 0 || unread !== undefined);
  if (more.length === 0) return undefined;
  return toCursor(Object.fromEntries(more.map(({ role, given }) => [role, given])));
}

function streamsOf({ role, workflow }: OpenFilter, order: Order, after: string | undefined): Stream[] {
  const roles = typeof role === "string" ? [role] : [...new Set(role)];
  const partition = workflow === undefined ? ("inbox" as const) : ("queue" as const);
  const places = z.record(z.string(), z.unknown()).safeParse(after === undefined ? {} : fromCursor(after));
  if (!places.success || Object.keys(places.data).some((one) => !roles.includes(one))) throw refusedCursor();
  return roles.map((one) => {
    const value = workflow === undefined ? one : queueOf(one, workflow);
    const place = places.data[one] ?? null;
    const given = place === null ? null : assertKey(place, { partition, value, sort: ORDERS[order].sort });
    // On a later page a role that is not in the cursor has no more.
    const isOver = after !== undefined && !Object.hasOwn(places.data, one);
    return { role: one, partition, value, waiting: [], given, unread: isOver ? undefined : given, queries: 0 };
  });
}
