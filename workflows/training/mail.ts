import type { RecordedResult } from "./result.ts";

const SUBJECTS = {
  approved: "Your training request was approved",
  rejected: "Your training request was turned down",
  expired: "Your training request was not decided in time",
  withdrawn: "Your training request was replaced by a newer one",
} as const;

const BY = { policy: "the training policy, from the score", reviewer: "a person in HR", nobody: "nobody" } as const;

/** What the applicant is told: the decision, who made it, why, and what can be done. */
export function applicantMail({ decision, decidedBy, why }: RecordedResult): { subject: string; text: string } {
  const next =
    decision === "approved"
      ? "HR books the training with you."
      : "You can upload a corrected request at any time, or ask HR to look at it.";
  return {
    subject: SUBJECTS[decision],
    text: [`${SUBJECTS[decision]}.`, `Decided by: ${BY[decidedBy]}.`, why, next].join("\n\n"),
  };
}
