import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { z } from "zod";
import { parseExecutionArn } from "#executions";
import { LonghaulError, readEnvironment, startExecution } from "#platform";
import { contractOf } from "../running.ts";
import { type Json, step } from "../step.ts";
import { type Continuation, nameOf, nameOfPart, partOf } from "./part.ts";

/** How an execution ends that another one continues: its result in place of the contract's. */
export interface Continued {
  continuedAs: { execution: string; part: number };
}

/** An execution cannot be continued: its contract does not say so, or its successor's name is taken by something else. */
export class ContinuationError extends LonghaulError {
  constructor(problem: string) {
    super("CONTINUATION_IMPOSSIBLE", problem);
  }
}

const made = new WeakSet<object>();
export const isContinued = (result: unknown): result is Continued => result instanceof Object && made.has(result);

/**
 * Ends this execution and goes on in a new one of the same workflow, behind its alias: `return continueAs(ctx, state)`. The new
 * one has a name of its own, derived from the first one's; it gets the same input, and `state` by `continuedState`. Signals by
 * the business key reach it. What is open does not go along: settle reviews, callbacks and sagas before. One operation.
 * @throws ContinuationError
 */
export async function continueAs(ctx: DurableContext, state: Json): Promise<Continued> {
  if (!contractOf(ctx)?.continues)
    throw new ContinuationError(
      "Expected the contract to say `continues: true`: it grants the start of the next part.",
    );
  const { first, part: own, input } = partOf(ctx);
  const part = own + 1;
  const execution = nameOfPart(first, part);
  await step(ctx, `continue as part ${part}`, async () => {
    const { LONGHAUL_ALIAS } = readEnvironment({ LONGHAUL_ALIAS: z.string().default("live") });
    const { functionName = "" } = parseExecutionArn(ctx.executionContext.durableExecutionArn) ?? {};
    const event = { continues: { first, of: nameOf(ctx), part }, input, state } as z.input<typeof Continuation>;
    const start = await startExecution({ functionName, qualifier: LONGHAUL_ALIAS, name: execution, input: event });
    if (!start.started) throw new ContinuationError(`${execution} is there with another input.`);
    return null;
  });
  const result = { continuedAs: { execution, part } };
  made.add(result);
  return result;
}

/** What the part before handed over, checked; undefined in a first part. A later version of the workflow may read it. */
export function continuedState<Schema extends z.ZodType>(
  ctx: DurableContext,
  schema: Schema,
): z.output<Schema> | undefined {
  const { part, state } = partOf(ctx);
  if (part === 1) return undefined;
  const parsed = schema.safeParse(state);
  if (!parsed.success)
    throw new ContinuationError(
      `The state of part ${part} is not as this version reads it. ${z.prettifyError(parsed.error)}`,
    );
  return parsed.data;
}
