import { z } from "zod";
import { type Bands, decideByBands } from "./bands.ts";
import { isDrawn } from "./calibration/point.ts";
import type { ScoreOutcome } from "./outcome.ts";
import type { Rubric } from "./rubric.ts";
import type { ScoringSettings, Shadow } from "./settings.ts";

const Side = z.strictObject({
  model: z.string(),
  promptVersion: z.string(),
  score: z.number().nullable(),
  /** Why the score could not be used; null where it could. */
  code: z.string().nullable(),
  /** What it comes to under the contract's bounds. */
  verdict: z.enum(["approved", "rejected", "person"]),
  cost: z.number(),
  latencyMs: z.number(),
});
export type Side = z.infer<typeof Side>;

/** What a candidate made of a document, beside what decided and how it was decided; nothing of the person or the document. */
export const ShadowPoint = z.strictObject({
  format: z.literal("longhaul.shadow/1"),
  workflow: z.string(),
  at: z.iso.datetime(),
  /** The candidate's name in the contract. */
  candidate: z.string(),
  current: Side,
  shadow: Side,
  decision: z.string(),
  decidedBy: z.enum(["policy", "reviewer", "nobody"]),
});
export type ShadowPoint = z.infer<typeof ShadowPoint>;

/** The contract's candidate, where this execution is drawn for it: always the same, so that a replay draws the same. */
export function shadowFor(scoring: ScoringSettings | undefined, execution: string): Shadow | undefined {
  const shadow = scoring?.shadow;
  return shadow && isDrawn("shadow", execution, shadow.share) ? shadow : undefined;
}

/**
 * The settings by which a candidate scores: its model alone, with no other behind it, and its own budget. Where the
 * environment names the one model that is to be asked, the candidate is asked of it too.
 */
export function shadowSettings(scoring: ScoringSettings, { model, perDay }: Shadow, modelId?: string): ScoringSettings {
  const { fallback: _fallback, shadow: _shadow, ...rest } = scoring;
  const own = modelId ? { id: modelId, price: { input: 0, output: 0 } } : (model ?? scoring.model);
  return { ...rest, model: own, budget: { ...rest.budget, perDay } };
}

/** The rubric that the contract's candidate names among those beside it; the current one where it names none. */
export function shadowRubric({ name, rubric }: Shadow, current: Rubric, candidates: readonly Rubric[]): Rubric {
  if (rubric === undefined) return current;
  const found = candidates.find(({ version }) => version === rubric);
  if (!found) throw new RangeError(`Expected the rubric of the candidate ${name} to be kept, got ${rubric}.`);
  return found;
}

/** One side of the comparison. */
export const sideOf = (outcome: ScoreOutcome<object>, bands: Bands): Side => ({
  model: outcome.model,
  promptVersion: outcome.promptVersion,
  score: outcome.value ?? null,
  code: outcome.usable ? null : outcome.code,
  verdict: outcome.usable ? decideByBands(outcome.value, bands) : "person",
  cost: outcome.cost,
  latencyMs: outcome.latencyMs,
});
