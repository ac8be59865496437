import { instantOf } from "#signals";
import { daysLater, type Hire } from "./hire.ts";

/** How many days before the first each preparation must be done. */
const BEFORE = { contract: 10, background: 7, plan: 5, equipment: 2 } as const;
export type Preparation = keyof typeof BEFORE;
export const PREPARATIONS = ["contract", "background", "plan", "equipment"] as const satisfies readonly Preparation[];

const DAY_MS = 86_400_000;

/** The instants of the deadlines, and of their making. Epoch milliseconds. */
export type Deadlines = Record<Preparation | "now", number>;

/** Counted back from the first day; a day from `now` at least, for who is late. */
export async function deadlinesOf(hire: Hire, now: number): Promise<Deadlines> {
  const due = { now, contract: 0, background: 0, plan: 0, equipment: 0 };
  for (const what of PREPARATIONS) {
    const date = daysLater(hire.startDate, -BEFORE[what]);
    due[what] = Math.max(now + DAY_MS, await instantOf({ date, time: "08:00", zone: hire.zone }));
  }
  return due;
}

const LONGEST_SECONDS = 366 * 86_400;

/** For a wait that begins now, and for nothing else: later runs find it made, and would count another time. */
export const secondsFromNow = (instant: number) =>
  // replay-safe: the timeout of a wait that was made is not looked at again.
  Math.min(LONGEST_SECONDS, Math.max(60, Math.ceil((instant - Date.now()) / 1_000)));
