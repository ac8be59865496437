import { z } from "zod";
import type { Item } from "#platform";
import type { Key } from "../item.ts";
import { Person } from "../person.ts";

/** What a reopened execution's input says beside the first one's: whose outcome it looks at again. */
export const Reopening = z.strictObject({ of: z.string(), round: z.int().min(2) });
export type Reopening = z.infer<typeof Reopening>;

/** Why a case ended as it did, in words for whom it is about; each point may rest on words of their own document. */
export const Explanation = z.strictObject({
  why: z.string().max(2_000),
  points: z.array(z.strictObject({ label: z.string(), says: z.string(), quotation: z.string().optional() })).max(20),
});
export type Explanation = z.infer<typeof Explanation>;

/** How a case ended, by policy or by people, and whether that can be contested. Times are ISO 8601 in UTC. */
export const CaseOutcome = z.object({
  execution: z.string(),
  executionArn: z.string(),
  workflow: z.string(),
  input: z.record(z.string(), z.json()),
  outcome: z.string(),
  at: z.iso.datetime(),
  /** Those who decided; empty where the policy did, or nobody. */
  decidedBy: z.array(Person),
  /** E-mail address or subject of whom it is about. */
  applicant: z.string().optional(),
  /** Whose holders can contest as officers. */
  roles: z.array(z.string()),
  /** Absent: it cannot be contested. */
  contestableUntil: z.iso.datetime().optional(),
  explanation: Explanation.optional(),
  /** Where the whole result lies. */
  result: z.string().optional(),
  round: z.int().min(1),
  /** The execution whose outcome this one looked at again. */
  reopens: z.string().optional(),
  contest: z
    .strictObject({
      by: Person,
      as: z.enum(["applicant", "officer"]),
      reason: z.string(),
      at: z.iso.datetime(),
      /** The execution in which a person decides again. */
      execution: z.string(),
    })
    .optional(),
  /** The execution whose outcome has taken this one's place. */
  supersededBy: z.string().optional(),
  /** Present while the contest's execution has to be started. */
  owed: z.literal("yes").optional(),
});
export type CaseOutcome = z.infer<typeof CaseOutcome>;

const ENTRY = "outcome";
export const outcomeKey = (execution: string): Key => ({ case: execution, entry: ENTRY });
export const isOutcome = (item: Item) => item.entry === ENTRY;
export const toOutcome = (item: Item): CaseOutcome => CaseOutcome.parse({ ...item, execution: item.case });

/** `training-4f2a` is contested by `training-4f2a-r2`, that by `training-4f2a-r3`: found again, and never too long. */
export function reopenedName(execution: string, round: number): string {
  const base = execution.replace(/-r\d+$/, "");
  return `${base.slice(0, 64 - 5)}-r${round}`;
}
