import type { DurableLambdaHandler } from "@aws/durable-execution-sdk-js";
import type { Contract } from "#workflow";
import { moveDate, realNow } from "../../libs/local/core/moved-date.ts";
import type { Difference, History } from "./history.ts";
import { replay } from "./replay.ts";

/** A workflow's body may not look at the date or at chance: it must come to the same under each of these. */
const WEATHERS = [
  { now: Date.parse("2001-02-03T04:05:06.007Z"), random: 0.01 },
  { now: Date.parse("2096-12-28T21:54:58.998Z"), random: 0.99 },
];

/** Replays one history with today's code, under several dates and chances, and counts it against the contract's budget. */
export async function verify(
  handler: DurableLambdaHandler,
  history: History,
  { budget }: Pick<Contract, "budget">,
): Promise<Difference | undefined> {
  const { workflow, path, operations, bytes } = history;
  const differs = (operation: string, problem: string) => ({ workflow, path, invocation: 0, operation, problem });
  if (operations > budget.operations)
    return differs("the budget", `Expected at most ${budget.operations} operations, got ${operations}.`);
  if (bytes > budget.bytes) return differs("the budget", `Expected at most ${budget.bytes} bytes, got ${bytes}.`);
  const results: (string | undefined)[] = [];
  for (const weather of WEATHERS) {
    const replayed = await under(weather, () => replay(handler, history));
    if (replayed.difference) return replayed.difference;
    results.push(replayed.result);
  }
  return new Set(results).size > 1 ? differs("the result", "It differs from one replay to the next.") : undefined;
}

async function under<T>({ now, random }: (typeof WEATHERS)[number], work: () => Promise<T>): Promise<T> {
  const chance = Math.random;
  moveDate(() => now);
  Math.random = () => random;
  try {
    return await work();
  } finally {
    Math.random = chance;
    moveDate(realNow);
  }
}
