import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { type Decision, type DecisionRequest, requestDecision, reviewsFromEnvironment } from "#callbacks";
import { parseExecutionArn } from "#executions";
import { step } from "#workflow";
import type { Cancellation } from "./cancellable.ts";

type Answer = Decision | { cancelled: { reason: string; at: string } };

/**
 * Asks a person, and stops waiting where a cancel arrives; one durable step says which of the two it was, so that a replay,
 * to which both may have come, says the same. A cancelled review is withdrawn from the inbox.
 */
export async function decideUnlessCancelled(
  ctx: DurableContext,
  name: string,
  { request, cancellation }: { request: DecisionRequest; cancellation: Cancellation | undefined },
): Promise<Answer> {
  if (!cancellation) return requestDecision(ctx, name, request);
  let decision: Decision | undefined;
  const asking = ctx
    .runInChildContext(undefined, (child) => requestDecision(child, name, request), { virtualContext: true })
    .then((made) => {
      decision = made;
      return made;
    });
  await Promise.race([asking, cancellation.signal]);
  const first = await step(ctx, `${name} or cancel`, async () => {
    if (decision) return { cancelled: null };
    const reason = cancellation.requested() ?? "";
    await reviewsFromEnvironment().close(`${executionOf(ctx)}.${name}`, reason);
    return { cancelled: { reason, at: new Date().toISOString() } };
  });
  if (first.cancelled === null) return asking;
  asking.catch(() => undefined);
  return { cancelled: first.cancelled };
}

const executionOf = (ctx: DurableContext) => parseExecutionArn(ctx.executionContext.durableExecutionArn)?.name;
