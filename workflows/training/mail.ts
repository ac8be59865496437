import type { RecordedResult } from "./result.ts";

const SUBJECTS = {
  approved: "Your training request was approved",
  rejected: "Your training request was turned down",
  expired: "Your training request was not decided in time",
  withdrawn: "Your training request was replaced by a newer one",
} as const;

const BY = { policy: "the training policy, by a score", reviewer: "a person in HR", nobody: "nobody" } as const;

/**
 * What the applicant is told: how it ended, who decided, where the reasons are and what can be done. The reasons stand behind the
 * sign-in, but for what kept a request from being read: it names a field and a kind of value, never what was written there.
 */
export function applicantMail(
  { decision, decidedBy, why, contestableUntil }: RecordedResult,
  { page, isUnreadable }: { page: string | undefined; isUnreadable: boolean },
): { subject: string; text: string } {
  const next =
    decision === "approved" ? "HR books the training with you." : "You can upload a corrected request at any time.";
  const contest =
    contestableUntil &&
    `If you do not agree, contest it on that page until ${contestableUntil.slice(0, 10)}: then a person decides who has not decided before.`;
  const parts = [
    `${SUBJECTS[decision]}.`,
    isUnreadable ? why : `Decided by: ${BY[decidedBy]}.`,
    page && `Why, point by point, after you sign in: ${page}`,
    page && contest,
    next,
  ];
  return { subject: SUBJECTS[decision], text: parts.filter(Boolean).join("\n\n") };
}
