import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { decide, judged, startTraining, type Training, usageOf } from "../../test/support/training.ts";
import { contract } from "./contract.ts";

// AWS's runner moves the time of waits and retries, not that of callbacks: here a review waits one real second.
vi.mock(import("./contract.ts"), async (original) => {
  const module = await original();
  const { reviews } = module.contract;
  const short = Object.fromEntries(
    Object.entries(reviews).map(([name, review]) => [name, { ...review, deadlineSeconds: 1 }]),
  );
  return { ...module, contract: { ...module.contract, reviews: short } };
});

let training: Training;
beforeAll(async () => {
  training = await startTraining();
  training.script.next = { text: judged(60) };
});
afterAll(() => training.close());

test("a review that nobody decides expires: no approval, the applicant is told, the review is closed", async () => {
  const { short, document, ended, reviews, review } = await training.run(
    "grey.md",
    "Please. ada.adler@example.com",
    async () => undefined,
  );
  expect(short).toMatchObject({ decision: "expired", decidedBy: "nobody" });
  expect(document).toMatchObject({ decision: "expired", by: null, why: "Nobody decided before the deadline." });
  expect(training.mails()[0]?.subject).toBe("Your training request was not decided in time");
  expect(await reviews.get(review)).toMatchObject({ status: "expired" });
  expect(usageOf(ended).operations).toBeLessThanOrEqual(contract.budget.operations);
});

test("a decision that comes after the deadline is too late, and is told so", async () => {
  const started = training.start(await training.place("late.md", "Please."));
  await started.ended;
  expect(await decide("approved", "Sorry, I was away.")(started)).toMatchObject({
    won: false,
    review: { decision: { outcome: "expired" } },
  });
});
