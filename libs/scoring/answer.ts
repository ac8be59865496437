import { z } from "zod";
import type { Rubric } from "./rubric.ts";

const Judged = z.strictObject({
  id: z.string(),
  level: z.number(),
  reason: z.string().max(2_000),
  quotation: z.string().max(4_000).nullable(),
});

/** What the model answers. Ranges are checked by us: structured output holds shapes, not numbers' bounds. */
const Answer = z.strictObject({
  fields: z.unknown(),
  criteria: z.array(Judged),
  score: z.number(),
  summary: z.string().max(2_000),
  suspicious: z.boolean(),
  suspicion: z.string().max(2_000).nullable(),
});

export type Reason = { criterion: string; level: number; reason: string; quotation: string | null };

export type ReadAnswer<Fields> =
  | {
      valid: true;
      fields: Fields;
      reasons: Reason[];
      value: number;
      /** What the model itself gave for the whole. */
      ownScore: number;
      summary: string;
      suspicious: boolean;
      suspicion: string | null;
    }
  | {
      valid: false;
      code: "ANSWER_MALFORMED" | "ANSWER_OUT_OF_RANGE" | "ANSWER_CONTRADICTORY" | "ANSWER_MISQUOTED";
      explanation: string;
      fields?: Fields;
    };

/** The JSON schema that the model is held to: each criterion by name, every member there. */
export function answerJsonSchema(rubric: Rubric, fields: z.ZodObject): unknown {
  const Criterion = z.strictObject({
    id: z.enum(rubric.criteria.map(({ id }) => id) as [string, ...string[]]),
    level: z.number(),
    reason: z.string(),
    quotation: z.string().nullable(),
  });
  const schema = z.strictObject({
    fields,
    criteria: z.array(Criterion),
    score: z.number(),
    summary: z.string(),
    suspicious: z.boolean(),
    suspicion: z.string().nullable(),
  });
  const { $schema: _, ...json } = z.toJSONSchema(schema);
  return json;
}

/** How far the model's own score may lie from what its levels come to. */
const CONTRADICTION = 15;

/**
 * Reads the model's answer. The number is computed here from the levels and the weights, so that the same judgement is the
 * same number. A quotation that the document does not hold word for word makes the answer unusable.
 */
export function readAnswer<Fields extends z.ZodObject>(
  text: string,
  options: { rubric: Rubric; fields: Fields; document: string },
): ReadAnswer<z.infer<Fields>> {
  const { rubric, document } = options;
  const parsed = Answer.safeParse(parseJson(text));
  const read = options.fields.safeParse(parsed.data?.fields);
  if (!parsed.success || !read.success) {
    return {
      valid: false,
      code: "ANSWER_MALFORMED",
      explanation: "the model's answer had not the shape that was asked for.",
    };
  }
  const answer = parsed.data;
  const fields: z.infer<Fields> = read.data;
  const judged = new Map(answer.criteria.map((one) => [one.id, one]));
  const isComplete =
    judged.size === answer.criteria.length &&
    rubric.criteria.every(({ id }) => judged.has(id)) &&
    judged.size === rubric.criteria.length;
  if (!isComplete)
    return {
      valid: false,
      code: "ANSWER_MALFORMED",
      explanation: "the model's answer did not judge each criterion once.",
      fields,
    };
  const isInRange = [answer.score, ...answer.criteria.map(({ level }) => level)].every(
    (level) => level >= 0 && level <= 100,
  );
  if (!isInRange)
    return {
      valid: false,
      code: "ANSWER_OUT_OF_RANGE",
      explanation: "the model gave a level outside 0 to 100.",
      fields,
    };
  const weights = rubric.criteria.reduce((sum, { weight }) => sum + weight, 0);
  const value = Math.round(
    rubric.criteria.reduce((sum, { id, weight }) => sum + (judged.get(id)?.level ?? 0) * weight, 0) / weights,
  );
  if (Math.abs(value - answer.score) > CONTRADICTION) {
    return {
      valid: false,
      code: "ANSWER_CONTRADICTORY",
      explanation: `the model's own score (${answer.score}) contradicts its levels (${value}).`,
      fields,
    };
  }
  const misquoted = answer.criteria.find(({ quotation }) => quotation?.trim() && !holds(document, quotation));
  if (misquoted) {
    return {
      valid: false,
      code: "ANSWER_MISQUOTED",
      explanation: `the model quoted words for ${misquoted.id} that the document does not hold.`,
      fields,
    };
  }
  const reasons = rubric.criteria.map(({ id }) => {
    const { level = 0, reason = "", quotation = null } = judged.get(id) ?? {};
    return { criterion: id, level, reason, quotation: quotation?.trim() ? quotation : null };
  });
  const { summary, suspicious, suspicion } = answer;
  return { valid: true, fields, reasons, value, ownScore: answer.score, summary, suspicious, suspicion };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Line breaks and the shape of quotation marks are the page's, not the author's. */
const plain = (text: string) =>
  text
    .replaceAll(/[“”„«»]/g, '"')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll('\\"', '"')
    .replaceAll("\\n", " ")
    .replaceAll(/\s+/g, " ")
    .trim();
const holds = (document: string, quotation: string) => plain(document).includes(plain(quotation));
