import { z } from "zod";

/** An error as data: what crosses a checkpoint. `attempts` is how often it was tried until then; times are ISO 8601 in UTC. */
export const SagaError = z.strictObject({
  code: z.string(),
  message: z.string(),
  attempts: z.int(),
  at: z.iso.datetime().nullable(),
});
export type SagaError = z.infer<typeof SagaError>;

/**
 * One step's whole truth. `forward`: `unknown` is neither done nor failed, for nobody could tell. `undo`: `nothing-to-undo`
 * was asked and found nothing; `not-needed` was declared so; `failed` is left to be done.
 */
export const SagaStepReport = z.strictObject({
  name: z.string(),
  /** The idempotency key of the action; the undo's is this with `.undo` after it, and a number after a refusal. */
  key: z.string(),
  /** The parallel groups and branches around it, outermost first; empty in the saga's own sequence. */
  path: z.array(z.string()),
  forward: z.enum(["done", "failed", "unknown", "not-run"]),
  undo: z.enum([
    "not-run",
    "undone",
    "nothing-to-undo",
    "not-needed",
    "irreversible",
    "by-hand",
    "written-off",
    "failed",
  ]),
  attempts: z.int(),
  at: z.iso.datetime().nullable(),
  error: SagaError.nullable(),
  undoAttempts: z.int(),
  undoAt: z.iso.datetime().nullable(),
  /** Every undo that failed in the end, one a round: a person may have asked for another. */
  undoErrors: z.array(SagaError),
  /** The reviews that a person was asked in, with what was chosen. Who it was, and why, stands in the review. */
  reviews: z.array(z.strictObject({ name: z.string(), choice: z.string() })),
});
export type SagaStepReport = z.infer<typeof SagaStepReport>;

export const SagaStatus = z.enum(["completed", "compensated", "partially-compensated", "needs-person"]);
export type SagaStatus = z.infer<typeof SagaStatus>;

/**
 * How a saga ended. `completed`: all done. `compensated`: nothing of it is left. `partially-compensated`: what is left was
 * irreversible or written off. `needs-person`: something is left to do, and nobody has decided.
 */
export const SagaOutcome = z.strictObject({
  saga: z.string(),
  status: SagaStatus,
  /** In the order of their start; steps of the plan that were never reached come last. */
  steps: z.array(SagaStepReport),
  /** What stopped it first; null where it completed. Undo errors never take its place. */
  error: z.strictObject({ step: z.string().nullable(), ...SagaError.shape }).nullable(),
  cancelled: z.boolean(),
});
export type SagaOutcome = z.infer<typeof SagaOutcome>;

/** What the reports add up to, once the saga has stopped. */
export function statusOf(steps: readonly SagaStepReport[]): Exclude<SagaStatus, "completed"> {
  if (steps.some(({ undo }) => undo === "failed")) return "needs-person";
  return steps.some(({ undo }) => undo === "written-off" || undo === "irreversible")
    ? "partially-compensated"
    : "compensated";
}
