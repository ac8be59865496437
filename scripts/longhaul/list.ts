import { names } from "#deployment";
import { createExecutionListing, parseExecutionArn, type Status, subjectOfKey } from "#executions";
import { createTable, listExecutions } from "#platform";
import { type Row, rowOf } from "./executions.ts";
import { since, table } from "./print.ts";
import type { Site } from "./site.ts";

export interface ListOptions {
  status?: Status;
  key?: string;
  limit: number;
}

/** Executions, the newest first: as the service lists them, or by the business key that started them, from the index. */
export async function list(site: Site, workflow: string | undefined, options: ListOptions): Promise<Row[]> {
  const contracts = workflow ? [site.contractOf(workflow)] : site.contracts;
  const { status, key, limit } = options;
  const lists = contracts.map(async ({ name }): Promise<Row[]> => {
    if (key !== undefined) return byKey(name, key, options);
    const filter = { FunctionName: names.workflow(name), MaxItems: limit, ...(status && { Statuses: [status] }) };
    return (await listExecutions(filter)).executions.map((one) => rowOf(name, one));
  });
  return (await Promise.all(lists))
    .flat()
    .sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1))
    .slice(0, limit);
}

async function byKey(workflow: string, key: string, { status, limit }: ListOptions): Promise<Row[]> {
  const index = createExecutionListing(createTable(names.executions));
  const { executions } = await index.list({ workflow, status, subject: subjectOfKey(workflow, key) }, { limit });
  return executions.map(({ arn, name, status: now, startedAt, endedAt }) => ({
    workflow,
    name,
    status: now,
    version: parseExecutionArn(arn)?.version ?? "",
    startedAt,
    endedAt: endedAt ?? null,
    arn,
  }));
}

export function linesOf(rows: readonly Row[]): string {
  if (rows.length === 0) return "No execution.";
  const cells = rows.map(({ workflow, status, version, startedAt, endedAt, name }) => [
    workflow,
    status,
    version,
    since(startedAt),
    since(endedAt),
    name,
  ]);
  return table(["workflow", "status", "version", "began", "ended", "execution"], cells);
}
