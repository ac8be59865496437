import { z } from "zod";
import { CaseOutcome } from "../cases/outcome.ts";
import { Review } from "../review.ts";
import { ChainEntry, PersonalRecord } from "./entry.ts";
import { type Verification, verifyEvidence } from "./verify.ts";

/** A case as one file: all that is needed to read it and to verify it, when nothing else of it is left. */
export const CaseExport = z.strictObject({
  format: z.literal("longhaul.case/1"),
  execution: z.string(),
  exportedAt: z.iso.datetime(),
  /** How to check it, in words. */
  verification: z.string(),
  head: z.strictObject({ seq: z.int(), hash: z.string() }),
  entries: z.array(ChainEntry),
  personal: z.array(PersonalRecord),
  reviews: z.array(Review),
  /** How the case ended, where its workflow records it. */
  outcome: CaseOutcome.optional(),
  /** What the reviewers read, by the review's name. */
  documents: z.array(z.strictObject({ review: z.string(), sha256: z.string(), text: z.string() })).optional(),
});
export type CaseExport = z.infer<typeof CaseExport>;

export const HOW_TO_VERIFY = [
  "Each entry's hash is the SHA-256 of its canonical JSON (keys sorted, no spaces) without `hash`; `prev` is the hash of the entry before, 64 zeros for the first.",
  "`personal` of an entry is the SHA-256 of the canonical JSON of one of the records under `personal`; a record that is missing was erased if an entry with the act `erased` names its digest.",
  "`head` is the last entry. Compare it with the head that another export or the log shows.",
].join(" ");

/** Verifies an export by itself. @throws ZodError where it is no export */
export function verifyExport(value: unknown): Verification {
  const { entries, personal, head, reviews } = CaseExport.parse(value);
  return verifyEvidence({ entries, personal, head, reviews });
}
