import { z } from "zod";

/** A model that may be asked, and what it costs in US dollars a million tokens: what is booked, not what is billed. */
export const Model = z.strictObject({
  /** A model's or an inference profile's id. */
  id: z.string().min(1),
  price: z.strictObject({ input: z.number().nonnegative(), output: z.number().nonnegative() }),
});
export type Model = z.infer<typeof Model>;

const Level = z.number().min(0).max(100);

/** A candidate that scores beside what decides, and decides nothing: another model, another rubric or prompt, or both. */
export const Shadow = z.strictObject({
  /** What its figures stand under. Another candidate is another name. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, "1 to 41 of a-z, 0-9 and -, a letter first"),
  /** Default: the model that decides. */
  model: Model.optional(),
  /** The version of a rubric that the workflow keeps beside its own; it may hold a prompt of its own. Default: the one that decides. */
  rubric: z.string().min(1).optional(),
  /** The share of the scored documents that it judges too. */
  share: z.number().min(0).max(1),
  /** In US dollars, beside what deciding may cost. Over it the candidate rests. */
  perDay: z.number().positive(),
});
export type Shadow = z.infer<typeof Shadow>;

/** How a workflow's documents are scored: the part of its contract that says so. */
export const ScoringSettings = z.strictObject({
  model: Model,
  /** Asked where the model cannot be. */
  fallback: Model.optional(),
  bands: z.strictObject({ rejectBelow: Level, approveAbove: Level }),
  /** Within so many points of a bound the model is asked again, and answers that lie further apart are left to a person. */
  margin: z.number().min(0).max(25),
  /** All that one score may take, in milliseconds, retries and a second asking included. */
  deadlineMs: z.int().min(1_000).max(600_000),
  /** What is over it is not judged, and the document goes to a person. */
  maxDocumentTokens: z.int().min(100).max(150_000),
  /** In US dollars. Over it people decide. */
  budget: z.strictObject({ perExecution: z.number().positive(), perDay: z.number().positive() }),
  serviceTier: z.enum(["default", "flex", "priority"]).optional(),
  shadow: Shadow.optional(),
  guardrail: z.strictObject({ id: z.string().min(1), version: z.string().min(1) }).optional(),
  /** The share of the automatic decisions that a person looks at afterwards. */
  auditShare: z.number().min(0).max(1),
  /** For how many days they are asked. Default 7. */
  auditDays: z.int().min(1).max(60).optional(),
});
export type ScoringSettings = z.infer<typeof ScoringSettings>;

/**
 * A contract's settings. Another model by the environment (`LONGHAUL_MODEL_ID`: the offline stand-in, or one on trial) stands alone: the
 * contract's other models are not asked in its place, and its price is not known.
 * @throws RangeError where the contract holds none
 */
export function scoringOf(
  contract: { name: string; scoring?: ScoringSettings | undefined },
  modelId?: string,
): ScoringSettings {
  const { scoring } = contract;
  if (!scoring) throw new RangeError(`Expected the contract of ${contract.name} to hold \`scoring\`, got none.`);
  if (!modelId || modelId === scoring.model.id) return scoring;
  const { fallback: _fallback, ...rest } = scoring;
  return { ...rest, model: { id: modelId, price: { input: 0, output: 0 } } };
}
