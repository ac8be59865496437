import { type Decision, requestDecision } from "#callbacks";
import { defineWorkflow, step } from "#workflow";
import { createActivities, type Judgement } from "./activities.ts";
import { contract } from "./contract.ts";
import { reviewOf } from "./review.ts";
import { isShadowed, policy } from "./scoring.ts";

/** A training request: read it, score it, let the policy decide the clear ones and a person the others and all that were contested, record, tell. */
export const handler = defineWorkflow(contract, createActivities, async (ctx, input, activities) => {
  const execution = ctx.executionContext.durableExecutionArn;

  const { follows } = input;
  if (follows) await step(ctx, "withdraw the earlier request", () => activities.withdraw(follows));

  const loaded = await step(ctx, "load request", () => activities.loadRequest(input, execution));
  const judgement: Judgement = loaded.readable
    ? await step(ctx, "score request", () => activities.scoreRequest(loaded), {
        deadlineMs: 90_000,
        attempts: 4,
      }).catch(noScore)
    : { problem: loaded.problem, contact: loaded.contact };

  const verdict = input.reopens ? "person" : policy(judgement);
  const decision: Decision | undefined =
    verdict === "person"
      ? await requestDecision(ctx, "review-request", {
          review: reviewOf(judgement, loaded.readable ? loaded.textKey : undefined),
          reopens: input.reopens,
        })
      : undefined;

  const recorded = await step(ctx, "record decision", () =>
    activities.recordDecision({ input, execution, judgement, verdict, decision }),
  );
  try {
    await step(ctx, "tell applicant", () => activities.tellApplicant(judgement, recorded, execution));
  } catch {
    ctx.logger.error("The applicant could not be told; the result is in the bucket", { result: recorded.result });
  }
  if (judgement.score && isShadowed(execution)) {
    try {
      await step(ctx, "score in shadow", () => activities.scoreInShadow(execution, judgement, recorded), inShadow);
    } catch {
      ctx.logger.warn("The candidate could not be asked; nothing depends on it");
    }
  }
  const { decision: ended, decidedBy, result } = recorded;
  return { decision: ended, decidedBy, result };
});

/** Once, for nothing depends on it. */
const inShadow = { deadlineMs: 90_000, attempts: 1 };

/** The model could not be reached, however often it was tried: a person decides without a score. */
const noScore = (): Judgement => ({});
