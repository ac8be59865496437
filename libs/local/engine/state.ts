import type { Execution } from "./execution.ts";
import { isTerminal, type Operation } from "./model.ts";

const PAGE_BYTES = 5 * 1024 * 1024;

/** The operations that an invocation is given: what lies below a closed context is left out, unless that asked for its children. */
export function visible(operations: Iterable<Operation>): Operation[] {
  const all = [...operations];
  const byId = new Map(all.map((operation) => [operation.Id, operation]));
  const hidden = new Map<string, boolean>();
  const isHidden = (operation: Operation): boolean => {
    const known = hidden.get(operation.Id);
    if (known !== undefined) return known;
    const parent = operation.ParentId === undefined ? undefined : byId.get(operation.ParentId);
    const hides =
      parent !== undefined &&
      (isHidden(parent) || (isTerminal(parent.Status) && !parent.ContextDetails?.ReplayChildren));
    hidden.set(operation.Id, hides);
    return hides;
  };
  return all.filter((operation) => !isHidden(operation));
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

/** The first operation of the state: the execution itself, with its input. */
export function executionOperation({ record }: Execution, input: string): Operation {
  return {
    Id: record.id,
    Name: record.name,
    Type: "EXECUTION",
    Status: "STARTED",
    StartTimestamp: record.startedAt,
    ExecutionDetails: { InputPayload: input },
  };
}
