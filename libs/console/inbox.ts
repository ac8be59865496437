import { z } from "zod";
import { isSamePerson, type OpenFilter, type Page, type Review } from "#callbacks";
import { AUDITOR, decidingRoles, maySee, standing, usable, type Visitor } from "./access.ts";
import type { Desk } from "./desk.ts";

const DAY = 86_400_000;
const number = z.preprocess(
  (value) => (value === "" ? undefined : value),
  z.coerce.number().min(0).max(100).optional().catch(undefined),
);

/** What an inbox's address says. What it does not understand it leaves out: a filter is no form. */
export const InboxQuery = z.object({
  /** What one may decide now; what one has claimed or was given; all. */
  view: z.enum(["waiting", "mine", "all"]).catch("waiting"),
  role: z.string().optional().catch(undefined),
  workflow: z.string().optional().catch(undefined),
  due: z.enum(["overdue", "today", "week"]).optional().catch(undefined),
  age: z.enum(["day", "days", "week"]).optional().catch(undefined),
  min: number,
  max: number,
  order: z.enum(["deadline", "age", "score", "top"]).optional().catch(undefined),
  back: z.literal("1").optional().catch(undefined),
  after: z.string().max(4_000).optional().catch(undefined),
});
export type InboxQuery = z.infer<typeof InboxQuery>;

const SHOWN = 50;
const DUE = { overdue: 0, today: DAY, week: 7 * DAY } as const;
const AGES = { day: DAY, days: 3 * DAY, week: 7 * DAY } as const;

/** The roles whose inboxes a visitor may read: an auditor's are all. */
export function inboxRoles({ contracts }: Pick<Desk, "contracts">, visitor: Visitor): string[] {
  const deciding = decidingRoles(contracts);
  return visitor.roles.includes(AUDITOR) ? [...deciding] : usable(visitor).filter((role) => deciding.has(role));
}

/** Whether a visitor may decide a review now: it is nobody else's at the moment, and they have not agreed to it already. */
export const mayDecideNow = (visitor: Visitor, review: Review): boolean =>
  standing(visitor, review).may &&
  (!review.assignee || isSamePerson(review.assignee, visitor.person)) &&
  !(review.votes ?? []).some(({ by }) => isSamePerson(by, visitor.person));

/** One page of what waits, of all of a visitor's roles: one bounded query each, whatever it is filtered by. */
export async function listInbox(desk: Desk, visitor: Visitor, query: InboxQuery): Promise<Page> {
  const roles = inboxRoles(desk, visitor);
  const options = { limit: SHOWN, ...(query.after && { after: query.after }) };
  if (query.view === "mine") return desk.reviews.assignedTo(visitor.person, options);
  const { workflow, due, age, min, max, order, back } = query;
  const isBounded = min !== undefined || max !== undefined || order === "top";
  const filter: OpenFilter = {
    role: query.role && roles.includes(query.role) ? query.role : roles,
    ...(workflow && desk.contracts.some(({ name }) => name === workflow) && { workflow }),
    ...(due && { deadline: { to: new Date(desk.now() + DUE[due]).toISOString() } }),
    ...(age && { opened: { to: new Date(desk.now() - AGES[age]).toISOString() } }),
    ...(isBounded && { score: { ...(min !== undefined && { from: min }), ...(max !== undefined && { to: max }) } }),
    ...(order && { order: order === "top" ? "score" : order }),
    ...((back ?? order === "top") && { backwards: true }),
    keep: (review) =>
      query.view === "waiting" && decides(visitor, desk) ? mayDecideNow(visitor, review) : maySee(visitor, review),
  };
  return desk.reviews.list(filter, options);
}

/** Whoever decides nothing sees all that waits. */
const decides = (visitor: Visitor, { contracts }: Desk) => {
  const deciding = decidingRoles(contracts);
  return usable(visitor).some((role) => deciding.has(role));
};

/** The address of the same inbox with something changed: from its first page. */
export function withQuery(query: InboxQuery, over: Partial<Record<keyof InboxQuery, string | undefined>>): string {
  const { after: _after, ...kept } = query;
  const all = Object.entries({ ...kept, ...over }).flatMap(([name, value]) =>
    value === undefined || (name === "view" && value === "waiting") ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(all).toString();
}
