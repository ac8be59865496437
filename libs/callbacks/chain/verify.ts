import { digestOf } from "../digest.ts";
import { reviewId } from "../item.ts";
import type { Review } from "../review.ts";
import { type ChainEntry, GENESIS, hashOf, type PersonalRecord } from "./entry.ts";

/** What a chain is verified from: an export holds it all, so that it can be verified with no table at all. */
export interface Evidence {
  entries: readonly ChainEntry[];
  /** The records beside the chain; those that were erased are missing. */
  personal: readonly PersonalRecord[];
  /** The chain's end as it was kept beside the chain, or known from an earlier export or the log. */
  head?: { seq: number; hash: string } | undefined;
  reviews: readonly Review[];
}

export interface Verification {
  valid: boolean;
  /** Each thing that is wrong, in words. */
  problems: string[];
  /** How many entries were looked at, and how many of them have had their personal data erased on purpose. */
  entries: number;
  erased: number;
}

/** Finds every change, removal and reordering of a case's chain, of the records beside it, and of its reviews' decisions. */
export function verifyEvidence({ entries, personal, head, reviews }: Evidence): Verification {
  const records = new Map(personal.map((record) => [digestOf(record), record]));
  const erased = new Set(entries.flatMap(({ act, details }) => (act === "erased" ? digests(details) : [])));
  const problems = [
    ...entries.flatMap((entry, index) => problemsOf(entry, index, entries[index - 1])),
    ...entries.flatMap(({ seq, personal: digest }) =>
      records.has(digest) || erased.has(digest)
        ? []
        : [`Entry ${seq}: the record of who acted was changed or removed.`],
    ),
    ...endProblems(entries, head),
    ...reviews.flatMap((review) => decisionProblems(review, entries, records)),
  ];
  const gone = entries.filter((entry) => !records.has(entry.personal) && erased.has(entry.personal)).length;
  return { valid: problems.length === 0, problems, entries: entries.length, erased: gone };
}

function problemsOf(entry: ChainEntry, index: number, before: ChainEntry | undefined): string[] {
  const expected = index + 1;
  return [
    ...(entry.seq === expected ? [] : [`Entry ${entry.seq}: expected number ${expected}; one was removed or moved.`]),
    ...(entry.hash === hashOf(entry) ? [] : [`Entry ${entry.seq}: it was changed; its hash does not fit it.`]),
    ...(entry.prev === (before?.hash ?? GENESIS) ? [] : [`Entry ${entry.seq}: it does not follow the one before it.`]),
  ];
}

function endProblems(entries: readonly ChainEntry[], head: Evidence["head"]): string[] {
  if (!head) return [];
  if (head.seq === 0) return entries.length > 0 ? ["The chain's end is not recorded beside it."] : [];
  const there = entries.find(({ seq }) => seq === head.seq);
  if (!there) return [`The chain ends at ${entries.length}, but had ${head.seq} entries: its end was removed.`];
  return there.hash === head.hash ? [] : [`Entry ${head.seq}: it is not the one that was recorded as the chain's end.`];
}

/** A decision must be the one that the chain holds: what, when, and as long as it is not erased, who and why. */
function decisionProblems(
  { execution, name, status, decision }: Review,
  entries: readonly ChainEntry[],
  records: ReadonlyMap<string, PersonalRecord>,
): string[] {
  if (!decision) return [];
  const chained = entries.find(({ review, act }) => review === name && act === status);
  const record = records.get(chained?.personal ?? "");
  const same =
    chained?.at === decision.at &&
    chained.details?.outcome === decision.outcome &&
    (chained.details?.option ?? null) === (decision.option ?? null) &&
    (chained.details?.code ?? null) === (decision.code ?? null) &&
    (!record || (record.subject === decision.by?.subject && record.words === decision.reason));
  return same ? [] : [`Review ${reviewId(execution, name)}: its decision is not the one in the chain.`];
}

const digests = (details: ChainEntry["details"]): string[] =>
  Array.isArray(details?.digests) ? details.digests.map(String) : [];
