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
  const email = fields?.applicantEmail;
  return {
    title: "Training request",
    concern: concernOf(judgement),
    facts: factsOf(fields),
    ...(textKey && { document: { key: textKey } }),
    ...(email && { requester: email }),
    ...scoreOf(score),
    ...(score && score.findings.length > 0 && { flags: score.findings.slice(0, 30) }),
  };
}

/** What the levels came to is shown also where the policy could not use it. */
function scoreOf(score: Judgement["score"]): Pick<ReviewToAsk, "score"> {
  if (score?.value === undefined || !score.reasons) return {};
  const { value, model, reasons } = score;
  return { score: { value, ...bands, model, reasons, ...(!score.usable && { isUnusable: true as const }) } };
}

/** The same without score and decision: whoever looks at a drawn decision comes to their own. */
export function sampleOf({ fields }: Judgement, textKey: string): ReviewToAsk {
  const email = fields?.applicantEmail;
  return {
    title: "Audit sample: training request",
    concern:
      "The policy has decided this request, and it was drawn to be looked at by a person. Decide as if nobody had: neither the score nor the decision is shown here. Your answer is kept beside the decision and changes nothing by itself.",
    facts: factsOf(fields),
    document: { key: textKey },
    ...(email && { requester: email }),
    options: [
      { id: "approve", label: "I would approve", outcome: "approved" },
      { id: "reject", label: "I would reject", outcome: "rejected" },
    ],
    onExpiry: "The sample ends without an answer. The decision stands as it is.",
  };
}

const factsOf = (fields: RequestFields | undefined) =>
  Object.entries(LABELS).map(([field, label]) => ({ label, value: factOf(fields?.[field as keyof RequestFields]) }));

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
