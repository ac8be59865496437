import { createHash } from "node:crypto";
import { z } from "zod";
import type { ScoreOutcome } from "../outcome.ts";

/** A score beside the decision that followed, and nothing of the person or the document. */
export const CalibrationPoint = z.strictObject({
  format: z.literal("longhaul.calibration/1"),
  workflow: z.string(),
  at: z.iso.datetime(),
  /** What the levels came to; null where there was no answer. */
  score: z.number().nullable(),
  levels: z.record(z.string(), z.number()),
  /** Why the score could not be used; null where it could. */
  code: z.string().nullable(),
  findings: z.array(z.string()),
  model: z.string().nullable(),
  promptVersion: z.string().nullable(),
  decision: z.string(),
  decidedBy: z.enum(["policy", "reviewer", "nobody"]),
  /** The reason code that the person chose, if any. */
  reasonCode: z.string().nullable().default(null),
  /** Whether this automatic decision belongs to the share that a person looks at afterwards. */
  audit: z.boolean(),
});
export type CalibrationPoint = z.infer<typeof CalibrationPoint>;

/** What is kept of a decision to learn from. */
export function calibrationPoint(options: {
  workflow: string;
  execution: string;
  at: string;
  score: ScoreOutcome | undefined;
  decision: string;
  decidedBy: CalibrationPoint["decidedBy"];
  reasonCode?: string | undefined;
  auditShare: number;
}): CalibrationPoint {
  const { workflow, execution, at, score, decision, decidedBy, reasonCode = null, auditShare } = options;
  return {
    format: "longhaul.calibration/1",
    workflow,
    at,
    score: score?.value ?? null,
    levels: Object.fromEntries((score?.reasons ?? []).map(({ criterion, level }) => [criterion, level])),
    code: score && !score.usable ? score.code : null,
    findings: [...new Set((score?.findings ?? []).map(({ kind }) => kind))],
    model: score?.model ?? null,
    promptVersion: score?.promptVersion ?? null,
    decision,
    decidedBy,
    reasonCode,
    // What could not be read was not judged: there is nothing to look at again.
    audit: decidedBy === "policy" && score?.usable === true && isDrawn("audit", execution, auditShare),
  };
}

/** Whether an execution, by its name, belongs to a share: always the same, so that a replay draws the same. */
export function isDrawn(purpose: "audit" | "shadow", execution: string, share: number): boolean {
  return createHash("sha256").update(`${purpose} ${execution}`).digest().readUInt32BE() / 2 ** 32 < share;
}
