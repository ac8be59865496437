import { z } from "zod";
import { Calendar } from "./calendar.ts";

const YEAR = 366 * 86_400;
const seconds = z.int().min(1).max(YEAR);
const id = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, "1 to 41 of a-z, 0-9 and -, a letter first");

/** What the console says of an option. */
const Choice = z.strictObject({
  /** What happens when it is chosen, in words for the reviewer. */
  means: z.string().min(1).max(300).optional(),
  /** Reason codes that are offered with it, and their labels: to count by, beside the reason in the person's own words. */
  reasons: z.record(id, z.string().min(1).max(100)).optional(),
});

/** How a review of a workflow is decided. Durations are seconds; of working time, where there is a calendar. */
export const ReviewRules = z
  .strictObject({
    /** The role whose holders decide. */
    role: z.string().min(1),
    /** How long the review waits; up to a year. */
    deadlineSeconds: seconds,
    /** What it means that nobody decided, in words for the reviewer. */
    onExpiry: z.string().min(1),
    /** By the options' ids; `approve` and `reject` where a review names no others. */
    choices: z.record(id, Choice).optional(),
    /** How many different people must agree: 2 is four eyes. One rejection rejects. Default 1. */
    quorum: z.literal([1, 2]).optional(),
    /** When reminders go out, counted from the opening. */
    reminders: z.array(seconds).max(5).optional(),
    /** When the review moves to the inbox of a higher role, counted from the opening. The first role may still decide. */
    escalation: z.strictObject({ afterSeconds: seconds, role: z.string().min(1) }).optional(),
    /** Deadline, reminders and escalation count this team's working time only. */
    calendar: Calendar.optional(),
    /** How long in all the clock may stand still while the applicant is asked for more. Absent: it goes on. */
    pauseSeconds: seconds.optional(),
    /** How long after its end the decision can be contested. Absent: it cannot. */
    contestSeconds: seconds.optional(),
  })
  .refine(isInTime, { error: "reminders and escalation before deadlineSeconds, and no two reminders at once" });
export type ReviewRules = z.infer<typeof ReviewRules>;

function isInTime({
  deadlineSeconds,
  reminders = [],
  escalation,
}: {
  deadlineSeconds: number;
  reminders?: number[] | undefined;
  escalation?: { afterSeconds: number } | undefined;
}) {
  const times = [...reminders, ...(escalation ? [escalation.afterSeconds] : [])];
  return times.every((time) => time < deadlineSeconds) && new Set(reminders).size === reminders.length;
}
