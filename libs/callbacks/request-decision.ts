import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { step } from "#workflow";
import { type Asking, askingOf, type DecisionRequest } from "./asking.ts";
import { answerBesideTimers, answerOf } from "./besides.ts";
import type { Cases } from "./cases/cases.ts";
import { casesFromEnvironment, reviewsFromEnvironment } from "./environment.ts";
import { InvalidRequestError } from "./errors.ts";
import type { ReviewRequest } from "./request.ts";
import { Decision, type Review } from "./review.ts";
import type { Reviews } from "./reviews.ts";
import { type Schedule, scheduleOf, workingScheduleOf } from "./schedule.ts";
import { tellReviewers } from "./tell-reviewers.ts";
import { newsFor } from "./told.ts";

/** What `requestDecision` does outside the execution; tests give their own. */
export interface ReviewDesk {
  reviews: Pick<Reviews, "get" | "open" | "expire" | "told" | "reminded" | "escalate" | "extension">;
  tell: typeof tellReviewers;
  /** What a reopened case's review is told of the decision before. */
  lineage?: Cases["lineage"];
}

const deskFromEnvironment = (): ReviewDesk => ({
  reviews: reviewsFromEnvironment(),
  tell: tellReviewers,
  lineage: (execution) => casesFromEnvironment().lineage(execution),
});

/**
 * Asks a person and sleeps until the review ends: `approved`, `rejected`, `withdrawn`, or `expired`, which is no approval.
 * A stage that was interrupted and runs again asks again by the same name: for the same review, whose answer it gets at once
 * where there is one. The contract's `reviews` entry of this name gives role, deadline, reminders and the rest. `name` is static: lower case,
 * digits and hyphens.
 *
 * Durable operations: three (callback, record, tell); one more where the review expires, and one where the deadline is in
 * working time. With reminders, an escalation or a clock that can stand still: three more, and two for each of them that
 * falls due before the decision. One that had been decided before: two.
 * @example const { outcome, by, reason } = await requestDecision(ctx, "review-request", { review });
 */
export async function requestDecision(
  ctx: DurableContext,
  name: string,
  request: DecisionRequest & { desk?: ReviewDesk },
): Promise<Decision> {
  const asking = askingOf(ctx, name, request);
  const { id, rules } = asking;
  const desk = request.desk ?? deskFromEnvironment();

  const { calendar } = rules;
  const schedule = calendar
    ? await step(ctx, `schedule ${name}`, () => workingScheduleOf(rules, calendar, Date.now()))
    : scheduleOf(rules);
  const waits = { seconds: schedule.deadlineSeconds + (rules.pauseSeconds ?? 0) };
  const [answer, callbackId] = await ctx.createCallback(name, { timeout: waits });
  const { deadlineAt, decision } = await step(ctx, `record ${name}`, () =>
    record(desk, asking, { callbackId, schedule }),
  );
  if (decision) return Decision.parse(JSON.parse(decision));
  await gently(ctx, id, () => step(ctx, `tell reviewers of ${name}`, () => tell(desk, id)));

  const isPlain = schedule.due.length === 0 && !rules.pauseSeconds;
  const given = isPlain
    ? await answerOf(answer)
    : await answerBesideTimers(ctx, answer, {
        name,
        schedule,
        canPause: rules.pauseSeconds !== undefined,
        remind: (child, count) =>
          gently(ctx, id, () => step(child, `remind ${count} of ${name}`, () => remind(desk, id, count))),
        escalate: (child, role) => step(child, `escalate ${name}`, () => escalate(desk, id, role)),
        extension: (child, count) =>
          step(child, `deadline ${count} of ${name}`, () => desk.reviews.extension(id, deadlineAt)),
      });
  return given === null
    ? step(ctx, `expire ${name}`, () => desk.reviews.expire(id))
    : Decision.parse(JSON.parse(given));
}

async function record(desk: ReviewDesk, asking: Asking, made: { callbackId: string; schedule: Schedule }) {
  const { rules: _rules, review: asked, reopens, ...rest } = asking;
  const request = reopens ? await reopened(desk, asked, reopens) : asked;
  const opened = Date.now();
  const openedAt = new Date(opened).toISOString();
  const deadlineAt = new Date(opened + made.schedule.deadlineSeconds * 1_000).toISOString();
  const details = { role: request.role, round: rest.round, ...(reopens && { reopens }) };
  const audit = [{ act: "opened" as const, at: openedAt, by: "Longhaul", details }];
  const review = { ...rest, request, openedAt, deadlineAt, audit };
  const decision = await desk.reviews.open({ ...review, status: "open", delivered: false }, made.callbackId);
  return { deadlineAt, ...(decision && { decision: JSON.stringify(decision) }) };
}

/** Whoever decided before does not decide again, and the reviewer sees what was contested and why. */
async function reopened({ lineage }: ReviewDesk, asked: ReviewRequest, of: string): Promise<ReviewRequest> {
  if (!lineage) throw new InvalidRequestError("Expected a desk that knows the lineage of a reopened case.");
  const { mayNotDecide, ...reopens } = await lineage(of);
  return { ...asked, reopens, mayNotDecide: [...(asked.mayNotDecide ?? []), ...mayNotDecide] };
}

/** Tells whoever has the review, else whom it names, else the role in whose inbox it stands. */
const mail = (desk: ReviewDesk, review: Review, how: { reminder?: number; isChange?: true } = {}) => {
  const to = review.assignee?.email ?? (review.escalatedTo ? undefined : review.request.addressee);
  return desk.tell({
    id: review.id,
    title: review.request.title,
    role: review.escalatedTo ?? review.request.role,
    deadlineAt: review.deadlineAt,
    ...(to && { to }),
    ...how,
  });
};

/** Nobody is told where it has ended meanwhile, or where they know: a stage that runs again asks for the same again. */
async function tell(desk: ReviewDesk, id: string): Promise<{ told: boolean }> {
  const review = await desk.reviews.get(id);
  const news = review.status === "open" ? newsFor(review) : undefined;
  if (!news) return { told: false };
  const { told } = await mail(desk, review, news === "changed" ? { isChange: true } : {});
  if (told) await desk.reviews.told(id);
  return { told };
}

async function remind(desk: ReviewDesk, id: string, count: number): Promise<{ told: boolean }> {
  const review = await desk.reviews.get(id);
  if (review.status !== "open") return { told: false };
  const { told } = await mail(desk, review, { reminder: count });
  if (told) await desk.reviews.reminded(id, count);
  return { told };
}

async function escalate(desk: ReviewDesk, id: string, role: string) {
  await desk.reviews.escalate(id, role);
  return tell(desk, id).catch(() => ({ told: false }));
}

/** The review stands in the inbox; a mail that cannot be sent must not end the case. */
async function gently(ctx: DurableContext, review: string, send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    ctx.logger.error("The reviewers could not be told by mail", {
      review,
      error: error instanceof Error ? error.name : "unknown",
    });
  }
}
