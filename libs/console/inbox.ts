import { z } from "zod";
import type { OpenFilter, Page } from "#callbacks";
import { AUDITOR, decidingRoles, usable, type Visitor } from "./access.ts";
import type { Desk } from "./desk.ts";

const DAY = 86_400_000;
const number = z.coerce.number().min(0).max(100).optional().catch(undefined);

/** What an inbox's address says. What it does not understand it leaves out: a filter is no form. */
export const InboxQuery = z.object({
  view: z.enum(["waiting", "mine"]).catch("waiting"),
  role: z.string().optional().catch(undefined),
  workflow: z.string().optional().catch(undefined),
  due: z.enum(["overdue", "today", "week"]).optional().catch(undefined),
  min: number,
  max: number,
  order: z.enum(["deadline", "age", "score"]).optional().catch(undefined),
  back: z.literal("1").optional().catch(undefined),
  after: z.string().max(2_000).optional().catch(undefined),
});
export type InboxQuery = z.infer<typeof InboxQuery>;

const SHOWN = 50;
const DUE = { overdue: 0, today: DAY, week: 7 * DAY } as const;

/** The roles whose inboxes a visitor may read: an auditor's are all. */
export function inboxRoles({ contracts }: Desk, visitor: Visitor): string[] {
  const deciding = decidingRoles(contracts);
  return visitor.roles.includes(AUDITOR) ? [...deciding] : usable(visitor).filter((role) => deciding.has(role));
}

/** One page of what waits: one query, whatever it is filtered by. */
export async function listInbox(desk: Desk, visitor: Visitor, query: InboxQuery): Promise<Page & { role: string }> {
  const roles = inboxRoles(desk, visitor);
  const role = roles.find((one) => one === query.role) ?? roles[0] ?? "";
  const options = { limit: SHOWN, ...(query.after && { after: query.after }) };
  if (query.view === "mine") return { role, ...(await desk.reviews.assignedTo(visitor.person, options)) };
  const { workflow, due, min, max, order, back } = query;
  const filter: OpenFilter = {
    role,
    ...(workflow && desk.contracts.some(({ name }) => name === workflow) && { workflow }),
    ...(due && { deadline: { to: new Date(desk.now() + DUE[due]).toISOString() } }),
    ...((min !== undefined || max !== undefined) && {
      score: { ...(min !== undefined && { from: min }), ...(max !== undefined && { to: max }) },
    }),
    ...(order && { order }),
    ...(back && { backwards: true }),
  };
  return { role, ...(await desk.reviews.list(filter, options)) };
}

export interface Counts {
  waiting: number;
  today: number;
}

/** Counting reads the key of each review that waits: a long inbox is counted at most this often. */
const COUNT_AGAIN_MS = 10_000;
const LONG = 1_000;

/** How many wait for a role, and how many of them within a day. */
export function createCounts(desk: Pick<Desk, "reviews" | "now">): (role: string) => Promise<Counts> {
  const known = new Map<string, { counts: Counts; at: number }>();
  return async (role) => {
    const last = known.get(role);
    if (last && last.counts.waiting > LONG && desk.now() - last.at < COUNT_AGAIN_MS) return last.counts;
    const tomorrow = new Date(desk.now() + DAY).toISOString();
    const [waiting, today] = await Promise.all([desk.reviews.count(role), desk.reviews.count(role, tomorrow)]);
    const counts = { waiting, today };
    known.set(role, { counts, at: desk.now() });
    return counts;
  };
}

/** The address of the same inbox with something changed: from its first page. */
export function withQuery(query: InboxQuery, over: Partial<Record<keyof InboxQuery, string | undefined>>): string {
  const { after: _after, ...kept } = query;
  const all = Object.entries({ ...kept, ...over }).flatMap(([name, value]) =>
    value === undefined || (name === "view" && value === "waiting") ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(all).toString();
}
