import { z } from "zod";
import type { EngineContext } from "./context.ts";
import { errors } from "./errors.ts";
import { applyUpdate, type Execution } from "./execution.ts";
import { fire } from "./fire.ts";
import { CheckpointRequest, type OperationUpdate } from "./model.ts";
import { executionOperation, pageOf, visible } from "./state.ts";
import { fromMarker, tokenOf, toMarker } from "./tokens.ts";
import { validateBatch } from "./validate.ts";

/** CheckpointDurableExecution: all of it or nothing, answered after the commit with what changed. */
export async function checkpoint(context: EngineContext, arn: string, request: unknown): Promise<unknown> {
  const parsed = CheckpointRequest.safeParse(request);
  if (!parsed.success) throw errors.invalid(z.prettifyError(parsed.error));
  const { CheckpointToken, ClientToken, Updates = [] } = parsed.data;
  const { answer, chained } = await context.change(arn, (execution, journal) => {
    const { record } = execution;
    const { last } = record;
    if (last && ClientToken !== undefined && last.clientToken === ClientToken && last.inbound === CheckpointToken)
      return { answer: last.answer, chained: false };
    if (record.status !== "RUNNING" || !record.invocation || CheckpointToken !== tokenOf(record)) throw errors.token();
    validateBatch(Updates, (id) => execution.operations.get(id));
    const now = context.clock.now();
    for (const update of Updates) applyUpdate(execution, update, { journal, now });
    if (record.status === "RUNNING")
      for (const timer of context.tables.dueOf(arn, now)) fire(execution, timer, { context, journal, now });
    record.token += 1;
    const Operations = context.tables.changedSince(arn, record.watermark);
    record.watermark = record.changes;
    const text = JSON.stringify({
      CheckpointToken: tokenOf(record),
      NewExecutionState: { Operations, NextMarker: "" },
    });
    if (ClientToken !== undefined) record.last = { clientToken: ClientToken, inbound: CheckpointToken, answer: text };
    return { answer: text, chained: Updates.some(isChainedStart) };
  });
  if (chained) context.onChained(arn);
  return JSON.parse(answer);
}

const isChainedStart = ({ Type, Action }: OperationUpdate) => Type === "CHAINED_INVOKE" && Action === "START";

/** GetDurableExecutionState: the operations that an invocation is given, from a marker on. */
export function getState(
  context: EngineContext,
  arn: string,
  request: { CheckpointToken: string; Marker?: string; MaxItems?: number },
): unknown {
  const execution: Execution = context.load(arn);
  if (!execution.record.invocation || request.CheckpointToken !== tokenOf(execution.record)) throw errors.token();
  const all = [executionOperation(execution, context.tables.input(arn)), ...visible(execution.operations.values())];
  const from = Number(fromMarker(request.Marker ?? null) ?? 0);
  const { page, next } = pageOf(all, from, request.MaxItems || 100);
  return { Operations: page, NextMarker: next === undefined ? "" : toMarker(next) };
}
