import { logger, writeMetrics } from "#platform";
import type { Use } from "./record.ts";

/** The most that any path of a workflow may use, as its contract says. */
export interface Budget {
  operations: number;
  bytes: number;
}

/** What an execution has used beyond its contract's budget, in words: `25 of 20 operations`; none where it kept to it. */
export function overrunsOf(use: Budget, budget: Budget): string[] {
  return (["operations", "bytes"] as const).flatMap((unit) =>
    use[unit] > budget[unit]
      ? [`${use[unit].toLocaleString("en")} of ${budget[unit].toLocaleString("en")} ${unit}`]
      : [],
  );
}

/** Warns, once for each execution, where one that has ended had used more than its contract allows. */
export function tellOverrun(
  { arn, workflow }: { arn: string; workflow: string },
  { operations, bytes }: Use,
  budget: Budget,
): void {
  if (overrunsOf({ operations, bytes }, budget).length === 0) return;
  logger.warn("An execution went over its contract's budget", {
    workflow,
    executionArn: arn,
    used: { operations, bytes },
    budget,
  });
  writeMetrics({ workflow, values: { BudgetOverrun: 1 } });
}
