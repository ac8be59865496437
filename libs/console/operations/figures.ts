import type { Review } from "#callbacks";
import type { Status } from "#executions";
import type { Contract } from "#workflow";
import { decidingRoles } from "../access.ts";
import type { Desk } from "../desk.ts";

const DAY = 86_400_000;
/** What is looked at of each workflow: the latest ends and the latest executions. */
export const LATEST = 100;

export interface RoleFigures {
  role: string;
  overdue: number;
  today: number;
  week: number;
  later: number;
}

export interface WorkflowFigures {
  contract: Contract;
  /** Of the latest executions, by status. */
  statuses: Partial<Record<Status, number>>;
  /** Of the latest executions that ended well: those that people decided, and the others. */
  people: number;
  automatic: number;
  /** Of the latest ended reviews. */
  expired: number;
  withdrawn: number;
  /** From opening to a person's decision, in milliseconds. */
  medianMs: number | undefined;
  deadLetters: number | undefined;
}

export interface Figures {
  roles: RoleFigures[];
  oldest: Review | undefined;
  workflows: WorkflowFigures[];
}

/** What the overview shows: counted when it is asked for, from the reviews' lists and the service's own. */
export async function figuresOf(desk: Desk): Promise<Figures> {
  const roles = [...decidingRoles(desk.contracts)];
  const [byRole, oldest, workflows] = await Promise.all([
    Promise.all(roles.map((role) => roleFigures(desk, role))),
    Promise.all(roles.map((role) => desk.reviews.list({ role, order: "age" }, { limit: 1 }))),
    Promise.all(desk.contracts.map((contract) => workflowFigures(desk, contract))),
  ]);
  const [first] = oldest
    .flatMap(({ reviews }) => reviews)
    .sort((one, other) => (one.openedAt < other.openedAt ? -1 : 1));
  return { roles: byRole, oldest: first, workflows };
}

async function roleFigures({ reviews, now }: Desk, role: string): Promise<RoleFigures> {
  const before = (milliseconds: number) => reviews.count(role, new Date(now() + milliseconds).toISOString());
  const [overdue, today, week, all] = await Promise.all([before(0), before(DAY), before(7 * DAY), reviews.count(role)]);
  return { role, overdue, today: today - overdue, week: week - today, later: all - week };
}

async function workflowFigures(desk: Desk, contract: Contract): Promise<WorkflowFigures> {
  const { name: workflow } = contract;
  const [{ executions }, { reviews: settled }, deadLetters] = await Promise.all([
    desk.operations.list({ workflow }, { limit: LATEST }),
    desk.reviews.settled(workflow, { limit: LATEST }),
    desk.operations.deadLetters(workflow),
  ]);
  const decided = settled.filter(({ status }) => status === "decided");
  const reviewed = new Set(decided.map(({ execution }) => execution));
  const ended = executions.filter(({ status }) => status === "SUCCEEDED");
  const people = ended.filter(({ name }) => reviewed.has(name)).length;
  const statuses: WorkflowFigures["statuses"] = {};
  for (const { status } of executions) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    contract,
    statuses,
    people,
    automatic: ended.length - people,
    expired: settled.filter(({ status }) => status === "expired").length,
    withdrawn: settled.filter(({ status }) => status === "withdrawn").length,
    medianMs: median(
      decided.map(({ decision, openedAt }) => Date.parse(decision?.at ?? openedAt) - Date.parse(openedAt)),
    ),
    deadLetters,
  };
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [upper, lower] = [sorted[middle], sorted[middle - 1]];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 || lower === undefined ? upper : (upper + lower) / 2;
}
