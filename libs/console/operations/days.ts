import type { Review } from "#callbacks";
import type { ExecutionRecord } from "#executions";
import type { Contract } from "#workflow";
import { costOfUse } from "./cost.ts";

/** How many days the overview looks back, today included. Days are UTC. */
export const DAYS = 14;
const DAY_MS = 86_400_000;

/** One day's figures, by name. */
export interface Day<Name extends string> {
  day: string;
  values: Record<Name, number>;
}

const dayOf = (iso: string) => iso.slice(0, 10);

function lastDays<Name extends string>(now: number, names: readonly Name[]): Map<string, Day<Name>> {
  const days = Array.from({ length: DAYS }, (_, index) =>
    dayOf(new Date(now - (DAYS - 1 - index) * DAY_MS).toISOString()),
  );
  const zeros = () => Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  return new Map(days.map((day) => [day, { day, values: zeros() }]));
}

/** Executions by the day on which they began, and how they stand; what they cost, where it is known. */
export function executionDays(
  executions: readonly ExecutionRecord[],
  { contract, now }: { contract: Contract; now: number },
): { started: Day<ExecutionRecord["status"]>[]; cost: Day<"usd">[]; usd: number; priced: number } {
  const started = lastDays(now, ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "STOPPED"]);
  const cost = lastDays(now, ["usd"]);
  let [usd, priced] = [0, 0];
  for (const { status, startedAt, use } of executions) {
    const counts = started.get(dayOf(startedAt))?.values;
    if (counts) counts[status] += 1;
    const spent = cost.get(dayOf(startedAt))?.values;
    if (!use || !spent) continue;
    const one = costOfUse(use, contract);
    spent.usd += one;
    usd += one;
    priced += 1;
  }
  return { started: [...started.values()], cost: [...cost.values()], usd, priced };
}

/** Reviews by the day on which they ended, and how. */
export function reviewDays(settled: readonly Review[], now: number): Day<"decided" | "expired" | "withdrawn">[] {
  const days = lastDays(now, ["decided", "expired", "withdrawn"]);
  for (const { status, decision } of settled) {
    const counts = decision && days.get(dayOf(decision.at))?.values;
    if (counts && status !== "open") counts[status] += 1;
  }
  return [...days.values()];
}
