import { z } from "zod";
import { applyUpdate } from "./apply.ts";
import type { EngineContext } from "./context.ts";
import { errors } from "./errors.ts";
import type { Change, Execution } from "./execution.ts";
import { fire } from "./fire.ts";
import { LIMITS } from "./limits.ts";
import type { Operation } from "./model.ts";
import { pageOf, stateOperations } from "./state.ts";
import { fromMarker, isCurrent, tokenOf, toMarker } from "./tokens.ts";
import { CheckpointRequest, type OperationUpdate } from "./updates.ts";
import { validateBatch } from "./validate.ts";

interface Answer {
  CheckpointToken: string;
  NewExecutionState: { Operations: Operation[]; NextMarker: string };
}

/** CheckpointDurableExecution: all of it or nothing, answered after the commit with what changed. @throws WireError */
export async function checkpoint(context: EngineContext, arn: string, request: unknown): Promise<Answer> {
  const parsed = CheckpointRequest.safeParse(request);
  if (!parsed.success) throw errors.invalid(z.prettifyError(parsed.error));
  const { CheckpointToken: inbound, ClientToken: clientToken, Updates = [] } = parsed.data;
  return context.transactions.change(arn, (change) => {
    const { row, record } = change.execution;
    const { notes } = context;
    const reply = clientToken === undefined ? undefined : notes.reply(row, inbound);
    if (reply && reply.clientToken === clientToken && reply.at > change.now - LIMITS.clientTokenMs)
      return JSON.parse(reply.answer) as Answer;
    if (!isCurrent(record, inbound)) throw errors.token();
    const answer = accept(context, change, Updates);
    if (clientToken !== undefined) {
      notes.forgetReplies(change.now - LIMITS.clientTokenMs);
      notes.addReply(row, { inbound, clientToken, at: change.now, answer: JSON.stringify(answer) });
    }
    return answer;
  });
}

function accept(context: EngineContext, change: Change, updates: readonly OperationUpdate[]): Answer {
  const { execution, now } = change;
  const { record, row, operations, delta } = execution;
  validateBatch(updates, (id) => operations.get(id)?.operation);
  for (const update of updates) applyUpdate(change, update);
  if (record.status === "RUNNING")
    for (const timer of context.notes.dueTimersOf(row, now)) fire(context, change, timer);
  record.token += 1;
  record.watermark = record.changes;
  // What the handler is told of now is no news at the next invocation.
  record.outside = [];
  const Operations = [...delta].flatMap((id) => operations.get(id)?.operation ?? []);
  delta.clear();
  return { CheckpointToken: tokenOf(record), NewExecutionState: { Operations, NextMarker: "" } };
}

const PAGE = 100;

/** GetDurableExecutionState: the operations that an invocation is given, from a marker on. @throws WireError */
export function getState(
  context: EngineContext,
  arn: string,
  request: { CheckpointToken: string; Marker?: string | undefined; MaxItems?: number | undefined },
): { Operations: Operation[]; NextMarker: string } {
  const execution: Execution = context.transactions.find(arn);
  if (!isCurrent(execution.record, request.CheckpointToken)) throw errors.token();
  const all = stateOperations(execution, context.tables.input(execution.row));
  const { page, next } = pageOf(all, fromMarker(request.Marker)?.[0] ?? 0, request.MaxItems || PAGE);
  return { Operations: page, NextMarker: next === undefined ? "" : toMarker(next) };
}
