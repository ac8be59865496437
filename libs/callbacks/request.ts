import { z } from "zod";

/** The model's score as the reviewer sees it. Absent where there was no usable score; then `concern` says why a person decides. */
export const ReviewScore = z.strictObject({
  value: z.number().min(0).max(100),
  rejectBelow: z.number(),
  approveAbove: z.number(),
  model: z.string(),
  reasons: z.array(
    z.strictObject({ criterion: z.string(), level: z.number(), reason: z.string(), quotation: z.string().nullable() }),
  ),
  /** What the levels came to all the same, where the score could not be used: shown, and neither sorted nor decided by. */
  isUnusable: z.literal(true).optional(),
});

/** What was found in the document besides what it says: hidden text, an unknown language, a cut. */
const ReviewFlag = z.strictObject({
  kind: z.string().max(40),
  note: z.string().max(500),
  excerpt: z.string().max(200).optional(),
});

/** One way to answer. `form` is a JSON schema of an object: what the person fills in with it. */
export const ReviewOption = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, "1 to 41 of a-z, 0-9 and -, a letter first"),
  label: z.string().min(1).max(100),
  outcome: z.enum(["approved", "rejected"]),
  form: z.record(z.string(), z.json()).optional(),
  /** What happens when it is chosen, in words. */
  means: z.string().max(300).optional(),
  /** Reason codes and their labels. */
  reasons: z.record(z.string(), z.string().max(100)).optional(),
});
export type ReviewOption = z.infer<typeof ReviewOption>;

/** The options of a review that names none. */
export const DEFAULT_OPTIONS: readonly ReviewOption[] = [
  { id: "approve", label: "Approve", outcome: "approved" },
  { id: "reject", label: "Reject", outcome: "rejected" },
];

/** What a workflow asks a person to decide. */
export const ReviewRequest = z.strictObject({
  title: z.string().min(1).max(200),
  /** Whom or what it is about, in a few words. */
  subject: z.string().max(200).optional(),
  /** What is asked for, in a few sentences. */
  summary: z.string().max(4_000).optional(),
  /** Why a person is asked, in one or two sentences. */
  concern: z.string().max(2_000),
  facts: z.array(z.strictObject({ label: z.string().max(100), value: z.string().max(2_000) })).max(40),
  /** The document's text in the documents bucket: what the reviewer reads. */
  document: z.strictObject({ key: z.string() }).optional(),
  score: ReviewScore.optional(),
  flags: z.array(ReviewFlag).max(30).optional(),
  /** Default: approve and reject. */
  options: z.array(ReviewOption).min(1).max(8).refine(areDistinct, "options with ids of their own").optional(),
  /** The role whose holders may decide. */
  role: z.string().min(1),
  /**
   * The one holder of the role whom it concerns: until it is escalated they alone see and decide it, or whom they reassign it
   * or lend the role to, and they are told by mail in place of the role's addresses.
   */
  addressee: z.email().optional(),
  /** How many different people must choose the same option; one rejection rejects. Default 1. */
  quorum: z.literal([1, 2]).optional(),
  /** The e-mail address of whoever asked; they never decide their own case. */
  requester: z.string().optional(),
  /** Addresses or subjects of others who may not decide. */
  mayNotDecide: z.array(z.string().min(1)).max(60).optional(),
  /** Where a decision was contested: which execution's, how it had ended, by whom and why it is looked at again. */
  reopens: z
    .strictObject({ of: z.string(), outcome: z.string(), as: z.enum(["applicant", "officer"]), reason: z.string() })
    .optional(),
  /** An automatic decision that was drawn to be looked at afterwards: no execution waits for the answer, and it changes nothing by itself. */
  isSample: z.literal(true).optional(),
  /** What it means that nobody decides, in words for the reviewer. */
  onExpiry: z.string().optional(),
  /** How long in all the clock may stand still while the applicant is asked for more, in seconds. */
  pauseSeconds: z.int().positive().optional(),
});
export type ReviewRequest = z.infer<typeof ReviewRequest>;

/** The options that a reviewer has. */
export const optionsOf = (request: ReviewRequest): readonly ReviewOption[] => request.options ?? DEFAULT_OPTIONS;

function areDistinct(options: readonly ReviewOption[]) {
  return new Set(options.map(({ id }) => id)).size === options.length;
}
