import type { Calendar, ReviewRules } from "#workflow";

export type Due =
  | { kind: "remind"; count: number; seconds: number }
  | { kind: "escalate"; role: string; seconds: number };

/** When a review ends and what happens before, in seconds from its opening, in order. */
export type Schedule = { deadlineSeconds: number; due: Due[] };

type Times = Pick<ReviewRules, "deadlineSeconds" | "reminders" | "escalation">;

/** By the team's calendar, from `now` (epoch milliseconds). Only such a review loads what knows calendars. */
export async function workingScheduleOf(times: Times, calendar: Calendar, now: number): Promise<Schedule> {
  const { addWorkingTime } = await import("./business-time.ts");
  return scheduleOf(times, (seconds) => Math.ceil((addWorkingTime(now, seconds, calendar) - now) / 1_000));
}

/** `passed` says after how many seconds of the world's time so many seconds of the review's have passed. */
export function scheduleOf(
  { deadlineSeconds, reminders = [], escalation }: Times,
  passed: (seconds: number) => number = (seconds) => seconds,
): Schedule {
  const due: Due[] = [
    ...reminders
      .toSorted((one, other) => one - other)
      .map((seconds, index) => ({ kind: "remind" as const, count: index + 1, seconds: passed(seconds) })),
    ...(escalation
      ? [{ kind: "escalate" as const, role: escalation.role, seconds: passed(escalation.afterSeconds) }]
      : []),
  ];
  return { deadlineSeconds: passed(deadlineSeconds), due: due.toSorted((one, other) => one.seconds - other.seconds) };
}
