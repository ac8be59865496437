import type { ReviewToAsk } from "#callbacks";
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
export function reviewOf(judgement: Judgement, textKey: string | undefined): ReviewToAsk {
  const { fields, score } = judgement;
  const usable = score?.usable ? score : undefined;
  const email = fields?.applicantEmail;
  return {
    title: "Training request",
    concern: concernOf(judgement),
    facts: Object.entries(LABELS).map(([field, label]) => ({
      label,
      value: factOf(fields?.[field as keyof RequestFields]),
    })),
    ...(textKey && { document: { key: textKey } }),
    ...(email && { requester: email }),
    ...(usable && { score: { value: usable.value, ...bands, model: usable.model, reasons: usable.reasons } }),
  };
}

/** Without a contest only what lies within the bands, or has no score, comes here. */
function concernOf({ score, problem }: Judgement): string {
  if (problem) return `The request could not be read, and the policy's rejection was contested.`;
  if (!score?.usable)
    return `There is no usable score: ${score ? score.explanation : "the model could not be reached."}`;
  const { value } = score;
  return value >= bands.rejectBelow && value <= bands.approveAbove
    ? `The score ${value} lies between ${bands.rejectBelow} and ${bands.approveAbove}: the policy leaves it to a person.`
    : `The score ${value} lies outside ${bands.rejectBelow} to ${bands.approveAbove}, and the policy's decision was contested.`;
}

const factOf = (value: string | null | undefined) => value?.slice(0, 2_000) ?? "not stated";
