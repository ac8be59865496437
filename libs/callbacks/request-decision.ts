import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { parseExecutionArn, step } from "#workflow";
import { reviewsFromEnvironment } from "./environment.ts";
import { reviewId, reviewName } from "./item.ts";
import { Decision, ReviewRequest } from "./review.ts";
import type { Reviews } from "./reviews.ts";
import { tellReviewers } from "./tell-reviewers.ts";

export interface DecisionRequest {
  /** The workflow's name, as its contract gives it. */
  workflow: string;
  review: ReviewRequest;
  /** How long the review waits, in seconds. */
  deadlineSeconds: number;
}

/** What `requestDecision` does outside the execution; tests give their own. */
export interface ReviewDesk {
  reviews: Pick<Reviews, "open" | "expire" | "told">;
  tell: typeof tellReviewers;
}

const deskFromEnvironment = (): ReviewDesk => ({ reviews: reviewsFromEnvironment(), tell: tellReviewers });

/**
 * Asks a person and sleeps until the review ends: `approved`, `rejected`, `withdrawn`, or `expired`, which is no approval.
 * Four durable operations where a person decides (callback, record, tell, and the callback's answer is none), one more
 * where the review expires. `name` is static: lower case, digits and hyphens.
 * @example const decision = await requestDecision(ctx, "review-request", { workflow, review, deadlineSeconds: 259_200 });
 */
export async function requestDecision(
  ctx: DurableContext,
  name: string,
  request: DecisionRequest & { desk?: ReviewDesk },
): Promise<Decision> {
  const execution = parseExecutionArn(ctx.executionContext.durableExecutionArn)?.name ?? "unnamed";
  const id = reviewId(execution, reviewName.parse(name));
  const review = ReviewRequest.parse(request.review);
  const desk = request.desk ?? deskFromEnvironment();

  const [answer, callbackId] = await ctx.createCallback(name, { timeout: { seconds: request.deadlineSeconds } });
  const { deadlineAt } = await step(ctx, `record ${name}`, async () => {
    const opened = Date.now();
    const openedAt = new Date(opened).toISOString();
    const deadlineAt = new Date(opened + request.deadlineSeconds * 1_000).toISOString();
    const audit = [{ act: "opened" as const, at: openedAt, by: "Longhaul" }];
    const { workflow } = request;
    const executionArn = ctx.executionContext.durableExecutionArn;
    const open = { id, workflow, execution, executionArn, name, request: review, openedAt, deadlineAt, audit };
    await desk.reviews.open({ ...open, status: "open", delivered: false }, callbackId);
    return { deadlineAt };
  });
  const tell = async () => {
    const { told } = await desk.tell({ id, title: review.title, role: review.role, deadlineAt });
    if (told) await desk.reviews.told(id);
    return { told };
  };
  try {
    await step(ctx, `tell reviewers of ${name}`, tell);
  } catch (error) {
    // The review stands in the inbox; a mail that cannot be sent must not end the case.
    ctx.logger.error("The reviewers could not be told by mail", {
      review: id,
      error: error instanceof Error ? error.name : "unknown",
    });
  }

  try {
    return Decision.parse(JSON.parse(await answer));
  } catch (error) {
    if (!(error instanceof Error && error.name === "CallbackTimeoutError")) throw error;
    return step(ctx, `expire ${name}`, () => desk.reviews.expire(id));
  }
}
