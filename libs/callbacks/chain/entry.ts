import { z } from "zod";
import { digestOf } from "../digest.ts";

/**
 * One link of a case's chain. It holds no personal data: who acted and their words lie beside it, in a record of its own
 * that `personal` names by digest. `hash` is over everything else, `prev` (the hash before it) included.
 */
export const ChainEntry = z.strictObject({
  case: z.string(),
  /** From 1, without a gap. */
  seq: z.int().min(1),
  act: z.string(),
  at: z.iso.datetime(),
  /** The review's name, where it happened to one. */
  review: z.string().optional(),
  /** Digest of what the acting person was shown. */
  version: z.string().optional(),
  details: z.record(z.string(), z.json()).optional(),
  /** SHA-256 of the salted record of who acted and what they said. */
  personal: z.string(),
  prev: z.string(),
  hash: z.string(),
});
export type ChainEntry = z.infer<typeof ChainEntry>;

/** Who acted, how their identity was known, and what they said. The salt makes the digest say nothing once this is erased. */
export const PersonalRecord = z.strictObject({
  salt: z.string(),
  by: z.string(),
  subject: z.string().optional(),
  email: z.string().optional(),
  via: z.string().optional(),
  words: z.string().optional(),
  /** The acting person's own record of the decision, where there is more: comment, form, on whose behalf. */
  more: z.record(z.string(), z.json()).optional(),
});
export type PersonalRecord = z.infer<typeof PersonalRecord>;

/** What comes before the first entry of every chain. */
export const GENESIS = "0".repeat(64);

export const hashOf = ({ hash: _hash, ...rest }: Omit<ChainEntry, "hash"> & { hash?: string }) => digestOf(rest);
export const chainKey = (execution: string, seq: number) => ({
  case: execution,
  entry: `chain#${String(seq).padStart(6, "0")}`,
});
export const personalKey = (execution: string, source: string) => ({ case: execution, entry: `personal#${source}` });
export const HEAD = "head";
