import type { Review } from "#callbacks";
import { decidingRoles } from "../access.ts";
import type { Desk } from "../desk.ts";
import { type WorkflowFigures, workflowFigures } from "./workflow-figures.ts";

const DAY = 86_400_000;

export interface RoleFigures {
  role: string;
  overdue: number;
  today: number;
  week: number;
  later: number;
}

export interface Figures {
  roles: RoleFigures[];
  oldest: Review | undefined;
  workflows: WorkflowFigures[];
}

/** What the overview shows: counted when it is asked for, from the reviews' lists and the index of executions; never a scan. */
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
