import type { ReviewRequest } from "#callbacks";
import type { Judgement } from "./activities.ts";
import { bands } from "./contract.ts";
import type { RequestFields } from "./request.ts";

const LABELS: Record<keyof RequestFields, string> = {
  applicantName: "Applicant",
  applicantEmail: "E-mail",
  role: "Role",
  department: "Department",
  trainingTitle: "Training",
  provider: "Provider",
  cost: "Cost",
  dates: "Dates",
  reasons: "Reasons",
};

/** What the reviewer is shown, and why a person is asked. */
export function reviewOf({ fields, score }: Judgement, textKey: string | undefined): ReviewRequest {
  const usable = score?.usable ? score : undefined;
  const email = fields?.applicantEmail;
  return {
    title: "Training request",
    concern: usable
      ? `The score ${usable.value} lies between ${bands.rejectBelow} and ${bands.approveAbove}: the policy leaves it to a person.`
      : `There is no usable score: ${score && !score.usable ? score.explanation : "the model could not be reached."}`,
    facts: Object.entries(LABELS).map(([field, label]) => ({
      label,
      value: factOf(fields?.[field as keyof RequestFields]),
    })),
    role: "hr-reviewer",
    ...(textKey && { document: { key: textKey } }),
    ...(email && { requester: email }),
    ...(usable && { score: { value: usable.value, ...bands, model: usable.model, reasons: usable.reasons } }),
  };
}

const factOf = (value: string | null | undefined) => value?.slice(0, 2_000) ?? "not stated";
