import { z } from "zod";
import { Reopening } from "#callbacks";
import { DocumentInput } from "#intake";
import { defineContract } from "#workflow";

/** Up to a year: 8,760. */
const DEADLINE_HOURS = 72;
/** How long the applicant, or an officer, can have a decision looked at again by somebody else. */
const CONTEST_DAYS = 14;

/** Claude Sonnet 4.6 by its European inference profile. Another model is a change of this contract: measure it with `npm run eval` first. */
const MODEL = "eu.anthropic.claude-sonnet-4-6";

/** Below `rejectBelow` a request is rejected, above `approveAbove` it is approved; from 50 to 76, both included, a person decides. */
export const bands = { rejectBelow: 50, approveAbove: 76 } as const;

/** A request as JSON. A free-text one holds the same in its own words. */
export const TrainingRequest = z.strictObject({
  applicant: z.strictObject({ name: z.string().min(1).max(200), email: z.email() }),
  role: z.string().min(1).max(200),
  department: z.string().min(1).max(200),
  training: z.strictObject({
    title: z.string().min(1).max(300),
    provider: z.string().min(1).max(200),
    startDate: z.iso.date(),
    endDate: z.iso.date(),
  }),
  cost: z.strictObject({
    amount: z.number().nonnegative(),
    currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code"),
  }),
  reasons: z.string().min(1).max(20_000),
});
export type TrainingRequest = z.infer<typeof TrainingRequest>;

/** A request's document; `reopens` where an earlier decision about it was contested, and a person decides again. */
export const TrainingInput = DocumentInput.extend({ reopens: Reopening.optional() });
export type TrainingInput = z.infer<typeof TrainingInput>;

/** How a request ended, in short; the whole of it is the JSON under `result` in the bucket. */
export const TrainingResult = z.strictObject({
  decision: z.enum(["approved", "rejected", "expired", "withdrawn"]),
  decidedBy: z.enum(["policy", "reviewer", "nobody"]),
  /** The result's key in the documents bucket. */
  result: z.string(),
});

export const contract = defineContract({
  name: "training",
  title: "Training request",
  triggers: [{ kind: "bucket", prefix: "training/requests/", maxBytes: 5 * 1024 * 1024 }],
  input: TrainingInput,
  result: TrainingResult,
  executionTimeoutSeconds: (DEADLINE_HOURS + 24) * 3_600,
  retentionDays: 14,
  function: { memoryMb: 512, timeoutSeconds: 120 },
  reviews: {
    "review-request": {
      role: "hr-reviewer",
      deadlineSeconds: DEADLINE_HOURS * 3_600,
      contestSeconds: CONTEST_DAYS * 86_400,
      choices: {
        approve: {
          means: "The result says approved, and the applicant is told by mail. HR books the training.",
          reasons: {
            "fits-role": "Fits the role",
            "needed-soon": "Needed for work that comes soon",
            required: "Required by law or by a customer",
          },
        },
        reject: {
          means: "The result says rejected, and the applicant is told by mail. They can contest it, or ask again.",
          reasons: {
            "not-for-role": "Does not fit the role",
            "too-dear": "Costs too much for what it gives",
            "reasons-too-thin": "The reasons do not show the need",
            "other-training": "Another training fits better",
          },
        },
      },
      onExpiry:
        "The request ends undecided: an expired review is not an approval. The applicant is told and can ask again.",
    },
  },
  scoring: {
    model: { id: MODEL, price: { input: 3, output: 15 } },
    fallback: { id: "eu.anthropic.claude-haiku-4-5-20251001-v1:0", price: { input: 1, output: 5 } },
    bands,
    margin: 4,
    deadlineMs: 60_000,
    maxDocumentTokens: 15_000,
    budget: { perExecution: 0.5, perDay: 20 },
    serviceTier: "default",
    auditShare: 0.05,
  },
  permissions: {
    model: MODEL,
    read: ["training/documents/", "training/texts/", "training/results/"],
    write: ["training/texts/", "training/results/"],
    mail: true,
  },
  budget: { operations: 16, bytes: 200_000 },
});
