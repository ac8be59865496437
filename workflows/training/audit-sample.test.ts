import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReviewStore, createReviews, expireSamples, withAudits } from "#callbacks";
import { createTable } from "#platform";
import { createCalibration, figuresOf, isDrawn } from "#scoring";
import { hana, judged, startTraining, type Training } from "../../test/support/training.ts";
import { bands, contract } from "./contract.ts";

let training: Training;
beforeAll(async () => {
  training = await startTraining();
});
afterAll(() => training.close());

const text = "Name: Ada Adler\nE-mail: ada.adler@example.com\nPlease let me attend Closing the books.";
const share = contract.scoring?.auditShare ?? 0;

/** An execution's name that is drawn, or is not. */
function named(drawn: boolean): string {
  for (;;) {
    const name = `training-${randomUUID().replaceAll("-", "")}`;
    if (isDrawn("audit", name, share) === drawn) return name;
  }
}

async function run(level: number, drawn: boolean) {
  training.script.next = { text: judged(level) };
  const execution = named(drawn);
  const started = training.start(await training.place("drawn.md", text), execution);
  const ended = await started.ended;
  return {
    ...started,
    short: ended.getResult() as { decision: string; result: string },
    id: `${execution}.audit-sample`,
  };
}

const pointOf = async (execution: string) => {
  const points = await createCalibration(createTable("longhaul-reviews")).points("training");
  return withAudits(
    reviewsAt(),
    points.filter((point) => point.execution === execution),
  );
};
const reviewsAt = (now = Date.now) =>
  createReviews({
    store: createReviewStore(createTable("longhaul-reviews")),
    answerCallback: async () => {
      throw new Error("Nothing waits for a sample.");
    },
    now,
  });

test("a drawn decision ends at once and is put before a person, who sees neither score nor decision", async () => {
  const { short, id } = await run(90, true);
  expect(short.decision).toBe("approved");
  const { request, status, deadlineAt, openedAt } = await reviewsAt().get(id);
  expect(status).toBe("open");
  expect(Date.parse(deadlineAt) - Date.parse(openedAt)).toBe(7 * 86_400_000);
  expect(request).toMatchObject({ role: "hr-reviewer", requester: "ada.adler@example.com" });
  expect(request.score).toBeUndefined();
  expect(JSON.stringify(request)).not.toContain("approved by the policy");
});

test("what is not drawn, or was decided by nobody for being unreadable, is looked at by nobody", async () => {
  const { id } = await run(90, false);
  await expect(reviewsAt().get(id)).rejects.toMatchObject({ code: "REVIEW_NOT_FOUND" });
  const execution = named(true);
  const empty = training.start(await training.place("empty.md", ""), execution);
  await empty.ended;
  await expect(reviewsAt().get(`${execution}.audit-sample`)).rejects.toMatchObject({ code: "REVIEW_NOT_FOUND" });
});

test("a person who disagrees changes nothing by it; it is in the figures, and the case can be contested", async () => {
  const { short, execution, id } = await run(20, true);
  const reviews = reviewsAt();
  const answer = { outcome: "approved", reason: "The books are her work.", roles: ["hr-reviewer"] } as const;
  const own = { subject: "ada", name: "Ada Adler", email: "ada.adler@example.com" };
  await expect(reviews.decide(id, { ...answer, by: own })).rejects.toMatchObject({ code: "NOT_PERMITTED" });
  expect(await reviews.decide(id, { ...answer, by: hana })).toMatchObject({ won: true, delivery: "delivered" });
  expect(await training.result(short.result)).toMatchObject({ decision: "rejected", decidedBy: "policy" });
  const points = await pointOf(execution);
  expect(points).toMatchObject([{ decision: "rejected", audit: true, audited: "approved", score: 20 }]);
  expect(figuresOf(points, bands).audit.rejectionsDisputed).toMatchObject({ count: 1, of: 1 });
  expect((await reviews.verify(execution)).problems).toEqual([]);
});

test("a corrected request leaves the sample of the one before open; its deadline ends it without an answer", async () => {
  const { execution, id } = await run(21, true);
  await reviewsAt().withdraw(execution, "A corrected request has taken its place.");
  expect(await reviewsAt().get(id)).toMatchObject({ status: "open" });
  const later = () => Date.now() + 8 * 86_400_000;
  const sweep = (now: () => number) => expireSamples([contract], { reviews: () => reviewsAt(now), now }).sweep();
  expect(await sweep(Date.now)).toBe(0);
  expect(await sweep(later)).toBeGreaterThan(0);
  expect(await reviewsAt().get(id)).toMatchObject({ status: "expired", delivered: true });
  expect(await pointOf(execution)).toMatchObject([{ sample: "expired" }]);
});
