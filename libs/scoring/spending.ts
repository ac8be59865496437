import { logger, type Table, writeMetrics } from "#platform";
import type { Spending } from "./score.ts";

/**
 * What a workflow spends on models a day (UTC), in an item of its own in the reviews' table. Every call is booked once, when it
 * was made: a replay calls nobody, so it books nothing. When the budget is used up, operators are told once: by the metric
 * `ModelBudgetSpent`, which has an alarm, and by the log. A shadow's account is apart; that it is used up alarms nobody.
 */
export function createSpending(options: {
  table: Table;
  workflow: string;
  perDay: number;
  account?: "decisions" | "shadow";
  now?: () => number;
  /** Where the metric's line goes. Default: the output. */
  write?: (line: string) => void;
}): Spending {
  const { table, workflow, perDay, account = "decisions", now = Date.now, write } = options;
  const item = account === "shadow" ? `spending-${workflow}-shadow` : `spending-${workflow}`;
  const key = () => ({ case: item, entry: new Date(now()).toISOString().slice(0, 10) });
  return {
    async today() {
      return Number((await table.get(key()))?.dollars ?? 0);
    },
    async add(cost) {
      if (cost === 0) return;
      const after = await table.update(key(), { update: "ADD dollars :cost", values: { ":cost": cost } });
      const dollars = Number(after?.dollars ?? 0);
      if (dollars < perDay || dollars - cost >= perDay) return;
      const facts = { workflow, dollars, perDay };
      if (account === "shadow") return logger.info("The shadow's budget is spent: it rests until midnight UTC", facts);
      logger.error("The day's budget for models is spent: people decide until midnight UTC", facts);
      writeMetrics({ workflow, values: { ModelBudgetSpent: 1 } }, { now, ...(write && { write }) });
    },
  };
}
