import { names } from "#deployment";
import { parseExecutionArn } from "#executions";
import { type ExecutionSummary, listExecutions } from "#platform";
import type { Contract } from "#workflow";
import { RefusedError, type Site } from "./site.ts";

export interface Found {
  arn: string;
  name: string;
  contract: Contract;
}

/** One execution by its ARN, or by its name, whose beginning says the workflow. @throws RefusedError where there is none */
export async function findExecution({ contracts }: Site, wanted: string): Promise<Found> {
  const parsed = parseExecutionArn(wanted);
  if (parsed) {
    const contract = contracts.find(({ name }) => names.workflow(name) === parsed.functionName);
    if (!contract) throw new RefusedError(`${parsed.functionName} is no workflow of this repository.`);
    return { arn: wanted, name: parsed.name, contract };
  }
  for (const contract of contracts.filter(({ name }) => wanted.startsWith(`${name}-`))) {
    const filter = { FunctionName: names.workflow(contract.name), DurableExecutionName: wanted, MaxItems: 1 };
    const [one] = (await listExecutions(filter)).executions;
    if (one?.DurableExecutionArn) return { arn: one.DurableExecutionArn, name: wanted, contract };
  }
  throw new RefusedError(`There is no execution ${wanted}: never was, or its retention has ended.`);
}

export interface Row {
  workflow: string;
  name: string;
  status: string;
  version: string;
  startedAt: string;
  endedAt: string | null;
  arn: string;
}

export function rowOf(workflow: string, execution: ExecutionSummary): Row {
  const { DurableExecutionArn: arn = "", DurableExecutionName: name = "", Status: status = "" } = execution;
  return {
    workflow,
    name,
    status,
    version: parseExecutionArn(arn)?.version ?? "",
    startedAt: execution.StartTimestamp?.toISOString() ?? "",
    endedAt: execution.EndTimestamp?.toISOString() ?? null,
    arn,
  };
}
