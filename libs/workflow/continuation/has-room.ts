import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { readUsage } from "#platform";
import { contractOf } from "../running.ts";
import { step } from "../step.ts";
import { ContinuationError } from "./continue-as.ts";

/** What is kept for the end: this question's own operation, the next part's start, and a retry of each now and then. */
const RESERVE = { operations: 20, bytes: 10_000 };

/**
 * Whether the contract's budget has room for so much more, by what the service has counted until now; where it has none, let
 * `continueAs` go on. Asked in a step, so the answer is durable: one operation. `needs` is the most that comes before the next time.
 * @example if (!(await hasRoom(ctx, `week ${week}`, { operations: 60, bytes: 50_000 }))) return continueAs(ctx, { week });
 */
export function hasRoom(
  ctx: DurableContext,
  before: string,
  needs: { operations: number; bytes: number },
): PromiseLike<boolean> {
  const budget = contractOf(ctx)?.budget;
  if (!budget)
    throw new ContinuationError("Expected a workflow made by defineWorkflow: its contract holds the budget.");
  return step(ctx, `room for ${before}`, async () => {
    const used = await readUsage(ctx.executionContext.durableExecutionArn);
    return (
      used.operations + needs.operations + RESERVE.operations <= budget.operations &&
      used.bytes + needs.bytes + RESERVE.bytes <= budget.bytes
    );
  });
}
