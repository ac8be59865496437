import type { ReviewRules } from "#workflow";
import { addWorkingTime } from "./business-time.ts";

export type Due =
  | { kind: "remind"; count: number; seconds: number }
  | { kind: "escalate"; role: string; seconds: number };

/** When a review ends and what happens before, in seconds from its opening, in order. */
export type Schedule = { deadlineSeconds: number; due: Due[] };

type Times = Pick<ReviewRules, "deadlineSeconds" | "reminders" | "escalation" | "calendar">;

/** `now` (epoch milliseconds) matters only where there is a calendar. */
export function scheduleOf({ deadlineSeconds, reminders = [], escalation, calendar }: Times, now: number): Schedule {
  const passed = (seconds: number) =>
    calendar ? Math.ceil((addWorkingTime(now, seconds, calendar) - now) / 1_000) : seconds;
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
