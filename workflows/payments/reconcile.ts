import type { SagaOutcome } from "#compensation";

/** What the counterparties' books say of one thing that happened. */
export interface BookedEffect {
  key: string;
  orderId: string;
  minor: number;
  currency: string;
  undoneBy: string | null;
}

export interface BookedEntry {
  posting: string;
  account: string;
  minor: number;
  currency: string;
}

/** Something that the books and the outcomes say differently. */
export interface Difference {
  /** A step's key, a posting's, or a currency. */
  about: string;
  problem: string;
}

/**
 * Holds the counterparties' books against the outcomes of all executions: everything that stands in the books is accounted for by
 * one step of one outcome, everything that an outcome claims is in the books, and each posting, and the whole ledger, balance.
 */
export function reconcile(
  outcomes: readonly SagaOutcome[],
  { effects, entries }: { effects: readonly BookedEffect[]; entries: readonly BookedEntry[] },
): Difference[] {
  const booked = new Map(effects.map((effect) => [effect.key, effect]));
  const claimed = new Map(outcomes.flatMap(({ steps }) => steps.map((step) => [step.key, step] as const)));
  const differences: Difference[] = [];

  for (const [key, step] of claimed) {
    if (step.undo === "not-needed" || READS.test(step.name)) continue;
    const effect = booked.get(key);
    const stands = effect !== undefined && effect.undoneBy === null;
    const problem = problemOf(step, { happened: effect !== undefined, stands });
    if (problem) differences.push({ about: key, problem });
  }
  for (const { key } of effects)
    if (!claimed.has(key))
      differences.push({ about: key, problem: "It stands in the books, and no outcome knows of it." });
  return [...differences, ...unbalanced(entries)];
}

/** Steps that leave nothing in the books. */
const READS = /^(screen|look-\d+)$/;

function problemOf(
  { forward, undo }: SagaOutcome["steps"][number],
  { happened, stands }: { happened: boolean; stands: boolean },
): string | undefined {
  if ((forward === "failed" || forward === "not-run") && happened)
    return "It happened, and the outcome says that it did not.";
  if (forward === "done" && !happened) return "It did not happen, and the outcome says that it did.";
  const isTakenBack = undo === "undone" || undo === "by-hand" || undo === "nothing-to-undo";
  if (isTakenBack && stands) return "It stands in the books, and the outcome says that it was taken back.";
  if (forward === "done" && !isTakenBack && !stands) return "It was taken back, and the outcome says that it stands.";
  return undefined;
}

function unbalanced(entries: readonly BookedEntry[]): Difference[] {
  const sums = new Map<string, number>();
  for (const { posting, minor, currency } of entries) {
    for (const about of [`posting ${posting} ${currency}`, `ledger ${currency}`])
      sums.set(about, (sums.get(about) ?? 0) + minor);
  }
  return [...sums]
    .filter(([, sum]) => sum !== 0)
    .map(([about, sum]) => ({ about, problem: `It does not balance: ${sum}.` }));
}
