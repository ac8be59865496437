import type { Execution } from "./execution.ts";
import { isTerminal, type Operation } from "./model.ts";
import { toMarker } from "./tokens.ts";

const PAGE_BYTES = 5 * 1024 * 1024;

/** What an invocation is given: the execution itself first, with its input, then its operations in order. */
export function stateOperations({ record, operations }: Execution, input: string): Operation[] {
  const execution: Operation = {
    Id: record.id,
    Name: record.name,
    Type: "EXECUTION",
    Status: "STARTED",
    StartTimestamp: record.startedAt,
    ExecutionDetails: { InputPayload: input },
  };
  return [execution, ...visible(Array.from(operations.values(), ({ operation }) => operation))];
}

/** Leaves out what lies below a closed context, unless that asked for its children. A parent comes before its children. */
export function visible(operations: Iterable<Operation>): Operation[] {
  const hiding = new Set<string>();
  const seen: Operation[] = [];
  for (const operation of operations) {
    const isHidden = operation.ParentId !== undefined && hiding.has(operation.ParentId);
    if (!isHidden) seen.push(operation);
    const isClosed = operation.Type === "CONTEXT" && isTerminal(operation.Status);
    if (isHidden || (isClosed && !operation.ContextDetails?.ReplayChildren)) hiding.add(operation.Id);
  }
  return seen;
}

/** A page of operations from `from` on, of up to `limit` and about 5 MB, and where the next one begins. */
export function pageOf(
  operations: readonly Operation[],
  from: number,
  limit: number,
): { page: Operation[]; next: number | undefined } {
  let bytes = 0;
  let to = from;
  while (to < operations.length && to - from < limit && bytes < PAGE_BYTES) {
    bytes += JSON.stringify(operations[to]).length;
    to += 1;
  }
  return { page: operations.slice(from, to), next: to < operations.length ? to : undefined };
}

/** The state in an invocation's event; what is over a page is read through GetDurableExecutionState. */
export function firstPage(execution: Execution, input: string): { Operations: Operation[]; NextMarker: string } {
  const { page, next } = pageOf(stateOperations(execution, input), 0, Number.MAX_SAFE_INTEGER);
  return { Operations: page, NextMarker: next === undefined ? "" : toMarker(next) };
}
