import { DateTime } from "luxon";
import { LonghaulError } from "#platform";
import type { Calendar } from "#workflow";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
/** A calendar that finds no time in so many days has none: holidays without an end. */
const LONGEST_SEARCH_DAYS = 3 * 366;

/** A calendar has less working time than was asked for. */
export class NoWorkingTimeError extends LonghaulError {
  constructor(seconds: number) {
    super(
      "NO_WORKING_TIME",
      `Expected ${seconds} s of working time within ${LONGEST_SEARCH_DAYS} days; there is less.`,
    );
  }
}

/**
 * The moment at which `seconds` of the team's working time have passed since `from`; both are epoch milliseconds. Days
 * are the calendar's own, so that a day on which clocks change is as long as it is.
 * @example 4 hours from Friday 16:00 on a calendar of 9 to 17 end on Monday at 12:00.
 */
export function addWorkingTime(from: number, seconds: number, calendar: Calendar): number {
  const start = DateTime.fromMillis(from, { zone: calendar.zone });
  let left = seconds * 1_000;
  for (let day = 0; day < LONGEST_SEARCH_DAYS; day += 1) {
    for (const [begins, ends] of hoursOf(start.plus({ days: day }), calendar)) {
      const begin = Math.max(begins, from);
      if (ends <= begin) continue;
      if (left <= ends - begin) return begin + left;
      left -= ends - begin;
    }
  }
  throw new NoWorkingTimeError(seconds);
}

/** A day's working hours as epoch milliseconds; none on a holiday. */
function hoursOf(day: DateTime, { hours, holidays }: Calendar): [begins: number, ends: number][] {
  const name = DAYS[day.weekday - 1];
  if (!name || holidays.includes(day.toISODate() ?? "")) return [];
  const at = (time: string) => {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    return day.startOf("day").set({ hour, minute }).toMillis();
  };
  return (hours[name] ?? []).map(([begins, ends]) => [at(begins), at(ends)]);
}
