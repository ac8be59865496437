import type { ExecutionRecord } from "#executions";
import type { Contract } from "#workflow";
import type { Desk } from "../desk.ts";
import { type Day, executionDays, reviewDays } from "./days.ts";

/** What is looked at of each workflow at most: the latest executions by one query of the index, the latest ended reviews by another. */
const EXECUTIONS = 1_000;
const REVIEWS = 100;

export interface WorkflowFigures {
  contract: Contract;
  /** By the day on which they began. */
  started: Day<ExecutionRecord["status"]>[];
  /** By the day on which they began, of those that have ended. */
  cost: Day<"usd">[];
  usd: number;
  /** Of how many executions the cost is known. */
  priced: number;
  /** By the day on which they ended. */
  reviews: Day<"decided" | "expired" | "withdrawn">[];
  /** Of the executions that ended well: those that people decided, and the others. */
  people: number;
  automatic: number;
  /** From opening to a person's decision, in milliseconds. */
  medianMs: number | undefined;
  deadLetters: number | undefined;
  oldestOpen: ExecutionRecord | undefined;
  /** How many executions were looked at, and where there are earlier ones: since when. */
  looked: number;
  since: string | undefined;
}

/** The figures of one workflow: three queries and two counts of queues, however many executions there are. */
export async function workflowFigures(desk: Desk, contract: Contract): Promise<WorkflowFigures> {
  const { name: workflow } = contract;
  const now = desk.now();
  const [page, oldest, { reviews: settled }, deadLetters] = await Promise.all([
    desk.operations.list({ workflow }, { limit: EXECUTIONS }),
    desk.operations.list({ workflow, status: "RUNNING", oldestFirst: true }, { limit: 1 }),
    desk.reviews.settled(workflow, { limit: REVIEWS }),
    desk.operations.deadLetters(workflow),
  ]);
  const { executions, next } = page;
  const decided = settled.filter(({ status }) => status === "decided");
  const reviewed = new Set(decided.map(({ execution }) => execution));
  const ended = executions.filter(({ status }) => status === "SUCCEEDED");
  const people = ended.filter(({ name }) => reviewed.has(name)).length;
  return {
    contract,
    ...executionDays(executions, { contract, now }),
    reviews: reviewDays(settled, now),
    people,
    automatic: ended.length - people,
    medianMs: median(
      decided.map(({ decision, openedAt }) => Date.parse(decision?.at ?? openedAt) - Date.parse(openedAt)),
    ),
    deadLetters,
    oldestOpen: oldest.executions[0],
    looked: executions.length,
    since: next && executions.at(-1)?.startedAt,
  };
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [upper, lower] = [sorted[middle], sorted[middle - 1]];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 || lower === undefined ? upper : (upper + lower) / 2;
}
