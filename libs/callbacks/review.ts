import { z } from "zod";
import { Person } from "./person.ts";
import { ReviewRequest } from "./request.ts";

/** What a reviewer may answer. */
export const Outcome = z.enum(["approved", "rejected"]);
export type Outcome = z.infer<typeof Outcome>;

const answers = z.record(z.string(), z.json());

/** How a review ended. `by` is absent where no person decided (expired, withdrawn). Times are ISO 8601 in UTC. */
export const Decision = z.strictObject({
  outcome: z.enum(["approved", "rejected", "expired", "withdrawn"]),
  by: Person.optional(),
  /** Those whose authority `by` used, where a delegation gave it: the nearest first. */
  onBehalfOf: z.array(Person).optional(),
  /** The others whose agreement it took (four eyes). */
  with: z.array(Person).optional(),
  at: z.iso.datetime(),
  reason: z.string(),
  comment: z.string().default(""),
  /** Which time it is that the case was put before people: 1 at first, one more with each answer and each reopening. */
  round: z.int().min(1).default(1),
  /** The option's id, and what was filled in with it. */
  option: z.string().optional(),
  answers: answers.optional(),
  /** The reason code, where the option offers some and one was chosen. */
  code: z.string().optional(),
});
export type Decision = z.infer<typeof Decision>;

/** One of several agreements that a decision takes. */
export const Vote = z.strictObject({
  by: Person,
  onBehalfOf: z.array(Person).optional(),
  option: z.string(),
  at: z.iso.datetime(),
  reason: z.string(),
  code: z.string().optional(),
});
export type Vote = z.infer<typeof Vote>;

const ACTS = [
  "opened",
  "told",
  "reminded",
  "escalated",
  "claimed",
  "released",
  "reassigned",
  "linked",
  "commented",
  "asked",
  "answered",
  "agreed",
  "decided",
  "expired",
  "withdrawn",
  "late",
  "delivered",
  "undeliverable",
  "superseded",
] as const;

/** One thing that happened to a review: who, when, what. Names and words are personal data; `details` are not. */
export const AuditEntry = z.strictObject({
  act: z.enum(ACTS),
  at: z.iso.datetime(),
  by: z.string(),
  note: z.string().optional(),
  person: Person.optional(),
  /** Digest of what the person was shown (`versionOf`). */
  version: z.string().optional(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

const Said = z.strictObject({ by: Person, at: z.iso.datetime(), text: z.string() });

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
  /** Moves when the clock has stood still. */
  deadlineAt: z.iso.datetime(),
  status: z.enum(["open", "decided", "expired", "withdrawn"]),
  decision: Decision.optional(),
  /** Whether the decision has reached the execution. */
  delivered: z.boolean(),
  audit: z.array(AuditEntry),
  /** 1 where it is absent. */
  round: z.int().optional(),
  /** The higher role in whose inbox it stands; `request.role` stays what it was. */
  escalatedTo: z.string().optional(),
  /** Who works on it: only they decide until it is released or reassigned. */
  assignee: Person.optional(),
  /** The agreements so far, where it takes two. */
  votes: z.array(Vote).optional(),
  comments: z.array(Said).optional(),
  /** What the applicant was asked, and the answers. */
  questions: z.array(Said.extend({ answer: Said.optional() })).optional(),
  /** Since when the clock stands still, and how long it has in all, in seconds. */
  pausedAt: z.iso.datetime().optional(),
  pausedSeconds: z.number().optional(),
  /** Decisions that came after the deadline: they decide nothing and can be a reason to reopen. */
  late: z.array(Decision).optional(),
  /** The execution whose outcome has taken the place of this one's. */
  supersededBy: z.string().optional(),
});
export type Review = z.infer<typeof Review>;

/** The roles whose holders may decide. */
export const rolesOf = ({ request, escalatedTo }: Review): string[] =>
  escalatedTo ? [request.role, escalatedTo] : [request.role];

export const roundOf = (review: Review) => review.round ?? 1;
