import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  attemptsOf,
  decide,
  judged,
  type Started,
  startTraining,
  type Training,
  usageOf,
} from "../../test/support/training.ts";
import { contract } from "./contract.ts";

// Retries wait for minutes: here the runner skips them.
let training: Training;
beforeAll(async () => {
  training = await startTraining({ skipTime: true });
});
afterAll(() => training.close());
beforeEach(() => {
  training.script.next = { text: judged(90) };
  training.script.asked = 0;
});

const text = "Name: Ada Adler\nE-mail: ada.adler@example.com\nPlease let me attend Closing the books.";

function withinBudget(ended: Awaited<Started["ended"]>) {
  const { operations, bytes } = usageOf(ended);
  expect(operations).toBeLessThanOrEqual(contract.budget.operations);
  expect(bytes).toBeLessThanOrEqual(contract.budget.bytes);
}

test("a mail that cannot be sent does not undo the decision", async () => {
  const mails = training.mails().length;
  training.refuseMail(true);
  const { short, ended } = await training.run("nomail.md", text);
  training.refuseMail(false);
  expect(short).toMatchObject({ decision: "approved" });
  expect(training.mails()).toHaveLength(mails);
  expect(attemptsOf(ended.getOperations().at(-1))).toBe(6);
  withinBudget(ended);
});

test("reviewers who cannot be told by mail still find the review", async () => {
  training.script.next = { text: judged(60) };
  training.refuseMail(true);
  const { document } = await training.run("nomail.md", text, async (started) => {
    training.refuseMail(false);
    await decide("approved", "Found it in the inbox.")(started);
  });
  expect(document).toMatchObject({ decision: "approved", decidedBy: "reviewer" });
});

test("a model that stays out of reach is asked four times, the fallback too, then a person decides without a score", async () => {
  training.script.next = { error: "ThrottlingException", status: 429 };
  const { document, ended } = await training.run("down.md", text, decide("approved", "I read it myself."));
  expect(training.script.asked).toBe(8);
  expect(document).toMatchObject({
    decision: "approved",
    decidedBy: "reviewer",
    score: null,
    noScore: { code: "MODEL_UNAVAILABLE" },
  });
  withinBudget(ended);
});
