import { z } from "zod";
import { type ExecutionFilter, STATUSES } from "#executions";

const blank = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** What a list of executions is asked for in its address. What cannot be is left out. Dates are UTC. */
export const ExecutionQuery = z.object({
  workflow: blank(z.string().min(1).max(31)),
  status: blank(z.enum(STATUSES)),
  age: blank(z.enum(["hour", "day", "week"])),
  from: blank(z.iso.date()),
  to: blank(z.iso.date()),
  version: blank(z.string().regex(/^\d{1,9}$/)),
  order: blank(z.enum(["oldest"])),
  /** The versions in place of the list. */
  by: blank(z.enum(["version"])),
  search: z.string().trim().max(1_024).catch("").default(""),
  after: blank(z.string().min(1).max(4_000)),
});
export type ExecutionQuery = z.infer<typeof ExecutionQuery>;

const AGES = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const;

/** The index's filter for it: an age and dates together mean both. */
export function filterOf(
  { workflow, status, age, from, to, version, order }: ExecutionQuery,
  now: number,
): ExecutionFilter {
  const since = [
    ...(age ? [new Date(now - AGES[age]).toISOString()] : []),
    ...(from ? [`${from}T00:00:00.000Z`] : []),
  ].sort();
  const startedFrom = since.at(-1);
  return {
    workflow,
    status,
    ...(workflow && { version }),
    startedFrom,
    startedTo: to && `${to}T23:59:59.999Z`,
    ...(order === "oldest" && { oldestFirst: true }),
  };
}

/** The same question with other answers wanted, as an address's query. */
export function withExecutionQuery(query: ExecutionQuery, over: Partial<ExecutionQuery>): string {
  const given = Object.entries({ ...query, after: undefined, ...over }).filter(([, value]) => value);
  return new URLSearchParams(given as [string, string][]).toString();
}
