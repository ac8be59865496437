import { type Item, logger } from "#platform";

/** Does the work for each item; one that fails is logged and does not hold up the others. Answers how many succeeded. */
export async function sweepAll(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<number> {
  const outcomes = await Promise.allSettled(items.map(work));
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === "fulfilled") continue;
    const { case: execution, entry } = items[index] ?? {};
    const error = outcome.reason instanceof Error ? outcome.reason.name : "unknown";
    logger.warn("What was left behind could not be finished; it is tried again", { execution, entry, error });
  }
  return outcomes.filter(({ status }) => status === "fulfilled").length;
}
