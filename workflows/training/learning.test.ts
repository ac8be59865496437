import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createReviewStore, createReviews, expireSamples, withAudits } from "#callbacks";
import { createTable } from "#platform";
import { comparisonsOf, createCalibration, figuresOf, isDrawn } from "#scoring";
import { decide, hana, judged, startTraining, type Training, usageOf } from "../../test/support/training.ts";
import { bands, contract } from "./contract.ts";

// The contract as it is, with a candidate that judges every document.
vi.mock("./contract.ts", async (original) => {
  const actual = await original<typeof import("./contract.ts")>();
  const shadow = { name: "reasons-weigh-more", rubric: "training-3", share: 1, perDay: 1 };
  return { ...actual, contract: { ...actual.contract, scoring: { ...actual.contract.scoring, shadow } } };
});

let training: Training;
beforeAll(async () => {
  training = await startTraining();
});
afterAll(() => training.close());
beforeEach(() => {
  training.script.asked = 0;
});

const text = "Name: Ada Adler\nE-mail: ada.adler@example.com\nPlease let me attend Closing the books.";

/** Runs a request whose automatic decision is drawn for the audit sample. */
async function runDrawn(level: number) {
  training.script.next = { text: judged(level) };
  let execution = "";
  while (!isDrawn("audit", execution, contract.scoring?.auditShare ?? 0))
    execution = `training-${randomUUID().replaceAll("-", "")}`;
  const started = training.start(await training.place("drawn.md", text), execution);
  const ended = await started.ended;
  return {
    ended,
    execution,
    short: ended.getResult() as { decision: string; result: string },
    id: `${execution}.audit-sample`,
  };
}

const table = () => createTable("longhaul-reviews");
const reviewsAt = (now = Date.now) =>
  createReviews({
    store: createReviewStore(table()),
    answerCallback: async () => {
      throw new Error("Nothing waits for a sample.");
    },
    now,
  });
const pointsOf = async (execution: string) => {
  const points = await createCalibration(table()).points("training");
  return withAudits(
    reviewsAt(),
    points.filter((point) => point.execution === execution),
  );
};
const today = () => new Date().toISOString().slice(0, 10);
const spent = async (account: string) => Number((await table().get({ case: account, entry: today() }))?.dollars ?? 0);
/** 700 tokens in and 90 out, at the contract's prices. */
const ONE = (700 * 3 + 90 * 15) / 1_000_000;

test("a drawn decision stands at once; a person and the candidate judge it too, and neither result nor decision is theirs", async () => {
  const { ended, execution, short, id } = await runDrawn(90);
  expect(short).toMatchObject({ decision: "approved", decidedBy: "policy" });
  const names = ended.getOperations().map((operation) => operation.getName());
  expect(names).toEqual(["load request", "score request", "record decision", "tell applicant", "score in shadow"]);
  expect(usageOf(ended).operations).toBeLessThanOrEqual(contract.budget.operations);

  const { request, status, deadlineAt, openedAt } = await reviewsAt().get(id);
  expect(status).toBe("open");
  expect(Date.parse(deadlineAt) - Date.parse(openedAt)).toBe(7 * 86_400_000);
  expect(request).toMatchObject({ role: "hr-reviewer", requester: "ada.adler@example.com" });
  expect(request.score).toBeUndefined();

  const shadows = await createCalibration(table()).shadows("training");
  expect(shadows).toMatchObject([
    { candidate: "reasons-weigh-more", current: { verdict: "approved" }, shadow: { verdict: "approved" } },
  ]);
  expect(shadows[0]?.shadow.promptVersion).toMatch(/^training-3-/);
  expect(JSON.stringify([shadows, await pointsOf(execution)])).not.toMatch(/Ada|Adler|Closing/);

  // A corrected request leaves the sample of the one before open; its deadline ends it without an answer.
  await reviewsAt().withdraw(execution, "A corrected request has taken its place.");
  const sweep = (now: () => number) => expireSamples([contract], { reviews: () => reviewsAt(now), now }).sweep();
  expect(await sweep(Date.now)).toBe(0);
  expect(await sweep(() => Date.now() + 8 * 86_400_000)).toBe(1);
  expect(await reviewsAt().get(id)).toMatchObject({ status: "expired", delivered: true });
  expect(await pointsOf(execution)).toMatchObject([{ sample: "expired" }]);
});

test("what a candidate costs is booked apart, and a replay books nothing twice", async () => {
  const [before, apart] = [await spent("spending-training"), await spent("spending-training-shadow")];
  training.script.next = { text: judged(60) };
  // It sleeps for a person, and is replayed from its start when it wakes.
  await training.run("grey.md", text, decide("approved", "I know the case."));
  expect((await spent("spending-training")) - before).toBeCloseTo(ONE, 9);
  expect((await spent("spending-training-shadow")) - apart).toBeCloseTo(ONE, 9);
  expect(training.script.asked).toBe(2);
});

test("who disagrees with a drawn decision changes nothing by it, and is in the figures; a candidate that cannot be asked harms nothing", async () => {
  await table().put({ case: "spending-training-shadow", entry: today(), dollars: 1 });
  const { short, execution, id } = await runDrawn(20);
  expect(training.script.asked).toBe(1);
  const reviews = reviewsAt();
  const answer = { outcome: "approved", reason: "The books are her work.", roles: ["hr-reviewer"] } as const;
  const own = { subject: "ada", name: "Ada Adler", email: "ada.adler@example.com" };
  await expect(reviews.decide(id, { ...answer, by: own })).rejects.toMatchObject({ code: "NOT_PERMITTED" });
  expect(await reviews.decide(id, { ...answer, by: hana })).toMatchObject({ won: true, delivery: "delivered" });
  expect(await training.result(short.result)).toMatchObject({ decision: "rejected", decidedBy: "policy" });
  const points = await pointsOf(execution);
  expect(points).toMatchObject([{ decision: "rejected", audit: true, audited: "approved", score: 20 }]);
  expect(figuresOf(points, bands).audit.rejectionsDisputed).toMatchObject({ count: 1, of: 1 });
  expect((await reviews.verify(execution)).problems).toEqual([]);
  expect(comparisonsOf(await createCalibration(table()).shadows("training"))).toMatchObject([
    { count: 2, unanswered: 1, toPeople: { current: { count: 1 } } },
  ]);
});
