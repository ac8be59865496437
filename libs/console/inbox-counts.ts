import type { Desk } from "./desk.ts";

export interface Counts {
  all: number;
  overdue: number;
  /** Due within a day, overdue ones included. */
  today: number;
}

/** Counting reads the key of each review that waits: a long inbox is counted at most this often. */
const COUNT_AGAIN_MS = 10_000;
const LONG = 1_000;
const DAY = 86_400_000;

/** How many wait for these roles together, and how many of them are due. */
export function createCounts(desk: Pick<Desk, "reviews" | "now">): (roles: readonly string[]) => Promise<Counts> {
  const known = new Map<string, { counts: Counts; at: number }>();
  const countRole = async (role: string): Promise<Counts> => {
    const now = desk.now();
    const last = known.get(role);
    if (last && last.counts.all > LONG && now - last.at < COUNT_AGAIN_MS) return last.counts;
    const before = (time: number) => desk.reviews.count(role, new Date(time).toISOString());
    const [all, overdue, today] = await Promise.all([desk.reviews.count(role), before(now), before(now + DAY)]);
    const counts = { all, overdue, today };
    known.set(role, { counts, at: now });
    return counts;
  };
  return async (roles) => {
    const counts = await Promise.all(roles.map(countRole));
    const sum = (of: keyof Counts) => counts.reduce((total, one) => total + one[of], 0);
    return { all: sum("all"), overdue: sum("overdue"), today: sum("today") };
  };
}
