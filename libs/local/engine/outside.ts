import { addEvent, type Change, put } from "./execution.ts";
import { isTerminal, type Operation } from "./model.ts";

/**
 * The outside (a timer, a callback, a child) ends or wakes an operation, and its execution is due. Answers false where the
 * operation has ended already. The event of a callback or a child comes after the invocation that began it.
 */
export function applyOutside(
  change: Change,
  id: string,
  { become, event }: { become: (operation: Operation) => Operation; event?: { type: string; content: object } },
): boolean {
  const { record, operations } = change.execution;
  const known = operations.get(id);
  if (!known || isTerminal(known.operation.Status) || record.status !== "RUNNING") return false;
  const operation = become({ ...known.operation });
  if (isTerminal(operation.Status)) operation.EndTimestamp = change.now;
  put(change, operation);
  if (!record.outside.includes(id)) record.outside.push(id);
  record.due = true;
  if (!event) return true;
  const beganHere = record.invocation !== undefined && known.place >= record.invocation.since;
  if (beganHere && operation.Type !== "WAIT") record.deferred.push({ ...event, id, at: change.now });
  else addEvent(change, event.type, { subject: operation, content: event.content });
  return true;
}
