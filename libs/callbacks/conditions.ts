import type { Item } from "#platform";
import { scoreOrder } from "./item.ts";
import type { Between, OpenFilter } from "./listing.ts";

export type Order = NonNullable<OpenFilter["order"]>;

/** By which index each order goes, and its sort key. */
export const ORDERS = {
  deadline: { index: "", sort: "deadlineAt" },
  age: { index: "-by-age", sort: "openedAt" },
  score: { index: "-by-score", sort: "scoreOrder" },
} as const;

/** A filter as a query: by which order, and the conditions on its key and besides it. */
export function conditionsOf(filter: OpenFilter) {
  const bounds: Record<Order, Between<string> | undefined> = {
    score: filter.score && scoreBounds(filter.score),
    age: filter.opened,
    deadline: filter.deadline,
  };
  const bound = (["score", "age", "deadline"] as const).filter((order) => bounds[order]);
  const order = filter.order ?? bound[0] ?? "deadline";
  const conditions = bound.map((one) => between(ORDERS[one].sort, bounds[one] ?? {}, one === order));
  return {
    order,
    key: conditions.flatMap(({ key }) => key),
    sift: conditions.flatMap(({ filter: sift }) => sift),
    names: Object.assign({}, ...conditions.map(({ names }) => names)) as Record<string, string>,
    values: Object.assign({}, ...conditions.map(({ values }) => values)) as Item,
  };
}

/** A key takes one condition: both bounds of the order's own key are one BETWEEN. */
function between(attribute: string, { from, to }: Between<string>, isKey: boolean) {
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
