import type { Moment } from "#signals";
import type { Onboarding } from "./contract.ts";

/** A line of the timeline. `ends`: the onboarding ends with it, and is taken back. */
export type Note = { at: string | null; text: string; ends?: "NOT_READY" | "PROBATION_ENDED" };

/** A hire as the latest change says; `leaveDays` is how much later the check-ins are. */
export type Hire = Onboarding & { leaveDays: number };

/** What an execution knows of its case. It is made anew by every replay, from the input and what was answered. */
export interface Case {
  hire: Hire;
  notes: Note[];
  signals: number;
}

export const beginCase = (input: Onboarding): Case => ({ hire: { ...input, leaveDays: 0 }, notes: [], signals: 0 });

/** Eight in the morning, where the hire lives, so many days after the first; a leave moves all but the first. */
export function dayOf({ startDate, zone, leaveDays }: Hire, day: number): Moment {
  return { date: daysLater(startDate, day === 0 ? 0 : day + leaveDays), time: "08:00", zone };
}

/** A date so many days later, or earlier. Dates have no zone: this is counting. */
export function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export const daysBetween = (from: string, until: string) =>
  Math.max(0, Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000));
