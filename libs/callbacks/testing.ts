import { createTable, type Table } from "#platform";
import {
  createReviewStore,
  createReviews,
  type Decision,
  type Delegations,
  type Review,
  type ReviewRequest,
} from "./index.ts";

export const hana = { subject: "hana", name: "Hana Holm", email: "hana.holm@example.com", via: "openid https://login" };
export const ravi = { subject: "ravi", name: "Ravi Rao", email: "ravi.rao@example.com" };
export const noor = { subject: "noor", name: "Noor Nasser", email: "noor@example.com" };
export const roles = ["hr-reviewer"];

/** Lambda's callbacks as far as deliveries know them: each takes one answer, and only while something waits. */
export function fakeCallbacks() {
  const taken = new Map<string, Decision>();
  const state = { waiting: true };
  return {
    taken,
    state,
    answerCallback: async (callbackId: string, decision: Decision) => {
      if (!state.waiting || taken.has(callbackId)) return false;
      taken.set(callbackId, decision);
      return true;
    },
    wasAnswered: async (_arn: string, callbackId: string) => taken.has(callbackId),
  };
}

/** Reviews on the tests' real table, one new case for each call. */
export function desk(
  options: {
    request?: Partial<ReviewRequest>;
    now?: () => number;
    delegations?: Delegations;
    callbacks?: ReturnType<typeof fakeCallbacks>;
  } = {},
) {
  const table = createTable("longhaul-reviews");
  const store = createReviewStore(table);
  const callbacks = options.callbacks ?? fakeCallbacks();
  const { now, delegations } = options;
  const more = { ...(now && { now }), ...(delegations && { delegations }) };
  const reviews = createReviews({ store, ...callbacks, ...more });
  const review = newReview(options.request);
  return {
    table,
    store,
    reviews,
    review,
    callbacks,
    id: review.id,
    execution: review.execution,
    /** The same registry, over another way to the table: a process that may die. */
    over: (other: Table, senders = callbacks) =>
      createReviews({ store: createReviewStore(other), ...senders, ...more }),
    open: () => reviews.open(review, `callback-of-${review.id}`),
  };
}

export function newReview(request: Partial<ReviewRequest> = {}, more: Partial<Review> = {}): Review {
  const execution = `training-${crypto.randomUUID()}`;
  const openedAt = "2026-11-24T09:00:00.000Z";
  return {
    id: `${execution}.review-request`,
    workflow: "training",
    execution,
    executionArn: `arn:aws:lambda:eu-west-1:000000000000:function:longhaul-training:1/durable-execution/${execution}/1`,
    name: "review-request",
    request: {
      title: "Training request",
      concern: "Grey.",
      facts: [{ label: "Applicant", value: "Noor Nasser" }],
      role: "hr-reviewer",
      requester: noor.email,
      ...request,
    },
    openedAt,
    deadlineAt: "2100-01-01T00:00:00.000Z",
    status: "open",
    delivered: false,
    audit: [{ act: "opened", at: openedAt, by: "Longhaul" }],
    ...more,
  };
}

export class Killed extends Error {
  override readonly name = "Killed";
}

/**
 * A process that is killed at its `line`th call to the outside, before the call is made or after it has taken effect and
 * before its answer is seen. From then on nothing that it does reaches anything.
 */
export function mortal(line: number, moment: "before" | "after") {
  const state = { calls: 0, dead: false };
  const wrapped =
    <A extends unknown[], R>(call: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      if (state.dead) throw new Killed();
      state.calls += 1;
      const isLast = state.calls === line;
      if (isLast) state.dead = true;
      if (isLast && moment === "before") throw new Killed();
      const answer = await call(...given);
      if (isLast) throw new Killed();
      return answer;
    };
  const over = <T extends object>(port: T): T =>
    Object.fromEntries(
      Object.entries(port).map(([name, value]) => [name, typeof value === "function" ? wrapped(value) : value]),
    ) as T;
  return { state, over };
}
