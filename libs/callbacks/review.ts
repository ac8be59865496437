import { z } from "zod";

/** What a reviewer may answer. */
export const Outcome = z.enum(["approved", "rejected"]);
export type Outcome = z.infer<typeof Outcome>;

/** A signed-in person, as the identity provider vouches for them. `subject` is the provider's stable id. */
export const Person = z.strictObject({
  subject: z.string().min(1),
  name: z.string().min(1),
  email: z.string().optional(),
});
export type Person = z.infer<typeof Person>;

/** How a review ended. `by` is absent where no person decided (expired, withdrawn). Times are ISO 8601 in UTC. */
export const Decision = z.strictObject({
  outcome: z.enum(["approved", "rejected", "expired", "withdrawn"]),
  by: Person.optional(),
  at: z.iso.datetime(),
  reason: z.string(),
});
export type Decision = z.infer<typeof Decision>;

/** One thing that happened to a review: who, when, what. */
export const AuditEntry = z.strictObject({
  act: z.enum(["opened", "told", "decided", "expired", "withdrawn", "delivered", "undeliverable"]),
  at: z.iso.datetime(),
  by: z.string(),
  note: z.string().optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** The model's score as the reviewer sees it. Absent where there was no usable score; then `concern` says why a person decides. */
export const ReviewScore = z.strictObject({
  value: z.number().min(0).max(100),
  rejectBelow: z.number(),
  approveAbove: z.number(),
  model: z.string(),
  reasons: z.array(
    z.strictObject({ criterion: z.string(), level: z.number(), reason: z.string(), quotation: z.string().nullable() }),
  ),
});

/** What a workflow asks a person to decide. */
export const ReviewRequest = z.strictObject({
  title: z.string().min(1).max(200),
  /** Why a person is asked, in one or two sentences. */
  concern: z.string().max(2_000),
  facts: z.array(z.strictObject({ label: z.string().max(100), value: z.string().max(2_000) })).max(40),
  /** The document's text in the documents bucket: what the reviewer reads. */
  document: z.strictObject({ key: z.string() }).optional(),
  score: ReviewScore.optional(),
  /** The role whose holders may decide. */
  role: z.string().min(1),
  /** The e-mail address of whoever asked; they never decide their own case. */
  requester: z.string().optional(),
});
export type ReviewRequest = z.infer<typeof ReviewRequest>;

/** A review as the console and the workflows see it. The callback id is not part of it: it never leaves the store. */
export const Review = z.strictObject({
  /** `<execution name>.<review name>`, safe in a URL, the same however often the workflow's step is repeated. */
  id: z.string(),
  workflow: z.string(),
  /** The execution's name. */
  execution: z.string(),
  executionArn: z.string(),
  name: z.string(),
  request: ReviewRequest,
  openedAt: z.iso.datetime(),
  deadlineAt: z.iso.datetime(),
  status: z.enum(["open", "decided", "expired", "withdrawn"]),
  decision: Decision.optional(),
  /** Whether the decision has reached the execution. */
  delivered: z.boolean(),
  audit: z.array(AuditEntry),
});
export type Review = z.infer<typeof Review>;
