import { z } from "zod";
import type { Refusal } from "#intake";
import { findContact } from "#scoring";
import { TrainingRequest } from "./contract.ts";
import { fieldsInOtherShape, isOthersText } from "./other-shape.ts";
import { problemOf } from "./problem.ts";

/** What the model reads out of a free text; null where the text does not say. */
export const ReadFields = z.strictObject({
  role: z.string().nullable(),
  department: z.string().nullable(),
  trainingTitle: z.string().nullable(),
  provider: z.string().nullable(),
  cost: z.string().nullable(),
  dates: z.string().nullable(),
  reasons: z.string().nullable(),
});

/** With who asks, which no model is shown. */
export type RequestFields = z.infer<typeof ReadFields> & {
  applicantName: string | null;
  applicantEmail: string | null;
};

/** Who asks, by what the text says. */
export function applicantIn(text: string): Pick<RequestFields, "applicantName" | "applicantEmail"> {
  const { name, email } = findContact(text);
  return { applicantName: name ?? null, applicantEmail: email ?? null };
}

export type ParsedRequest =
  /** Without fields where the shape is somebody else's and does not tell them: the model reads it as a text. */
  { valid: true; fields?: RequestFields } | { valid: false; problem: Refusal; contact?: string };

/** A JSON request is taken at its word: its fields are checked here and not read by the model. */
export function parseJsonRequest(text: string): ParsedRequest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { valid: false, problem: { field: "document", expected: "JSON", received: "text that is not" } };
  }
  const parsed = TrainingRequest.safeParse(value);
  if (parsed.success) return { valid: true, fields: fieldsOf(parsed.data) };
  const otherwise = fieldsInOtherShape(value);
  if (otherwise) return { valid: true, fields: otherwise };
  if (isOthersText(value)) return { valid: true };
  const contact = z.object({ applicant: z.object({ email: z.email() }) }).safeParse(value).data?.applicant.email;
  return { valid: false, problem: problemOf(parsed.error, value), ...(contact && { contact }) };
}

function fieldsOf({ applicant, role, department, training, cost, reasons }: TrainingRequest): RequestFields {
  return {
    applicantName: applicant.name,
    applicantEmail: applicant.email,
    role,
    department,
    trainingTitle: training.title,
    provider: training.provider,
    cost: `${cost.amount} ${cost.currency}`,
    dates: `${training.startDate} to ${training.endDate}`,
    reasons,
  };
}
