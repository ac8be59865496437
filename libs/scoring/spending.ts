import { logger, type Table } from "#platform";
import type { Spending } from "./score.ts";

/**
 * What a workflow spends on models a day (UTC), in an item of its own in the reviews' table. Every call is booked once, when it
 * was made: a replay calls nobody, so it books nothing. Operators are told by the log when the budget is used up.
 */
export function createSpending(options: {
  table: Table;
  workflow: string;
  perDay: number;
  now?: () => number;
}): Spending {
  const { table, workflow, perDay, now = Date.now } = options;
  const key = () => ({ case: `spending-${workflow}`, entry: new Date(now()).toISOString().slice(0, 10) });
  return {
    async today() {
      const item = await table.get(key());
      return Number(item?.dollars ?? 0);
    },
    async add(cost) {
      if (cost === 0) return;
      const item = await table.update(key(), { update: "ADD dollars :cost", values: { ":cost": cost } });
      const dollars = Number(item?.dollars ?? 0);
      if (dollars >= perDay && dollars - cost < perDay)
        logger.error("The day's budget for models is spent: people decide until midnight UTC", {
          workflow,
          dollars,
          perDay,
        });
    },
  };
}
