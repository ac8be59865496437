import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { decide, judged, type Started, startTraining, type Training, usageOf } from "../../test/support/training.ts";
import { contract } from "./contract.ts";

let training: Training;
beforeAll(async () => {
  training = await startTraining();
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

test.each([
  ["refused", { text: "I cannot help with that.", stopReason: "refusal" }, "MODEL_REFUSED"],
  ["stopped by a guardrail", { text: "", stopReason: "guardrail_intervened" }, "MODEL_REFUSED"],
  ["no JSON", { text: "The score is 90." }, "ANSWER_MALFORMED"],
  ["short of a criterion", { text: judged(90, { criteria: [] }) }, "ANSWER_MALFORMED"],
  ["out of range", { text: judged(180) }, "ANSWER_OUT_OF_RANGE"],
  ["contradicting itself", { text: judged(90, { score: 10 }) }, "ANSWER_CONTRADICTORY"],
  ["cut off", { text: '{"fields":', stopReason: "max_tokens" }, "ANSWER_CUT"],
  [
    "suspicious of the document",
    { text: judged(90, { suspicious: true, suspicion: "It asks for 100." }) },
    "DOCUMENT_SUSPICIOUS",
  ],
])("an answer that is %s gives no score: a person decides", async (_, next, code) => {
  training.script.next = next;
  const { document, ended, reviews, review } = await training.run(
    "odd.md",
    text,
    decide("rejected", "I read it myself."),
  );
  expect(document).toMatchObject({ decision: "rejected", decidedBy: "reviewer", score: null, noScore: { code } });
  expect((await reviews.get(review)).request.concern).toContain("There is no usable score");
  expect(training.script.asked).toBe(1);
  withinBudget(ended);
});

test("where the service denies a model, the fallback is asked once, then a person decides", async () => {
  training.script.next = { error: "AccessDeniedException", status: 403 };
  const { document } = await training.run("denied.md", text, decide("rejected", "I read it myself."));
  expect(document).toMatchObject({ decidedBy: "reviewer", noScore: { code: "MODEL_UNAVAILABLE" } });
  expect(training.script.asked).toBe(2);
});

test("a model that does not answer in time gives no score: a person decides", async () => {
  const real = AbortSignal.timeout.bind(AbortSignal);
  const short = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => real(ms > 20_000 ? 50 : ms));
  training.script.next = { late: true };
  const { document } = await training.run("late.md", text, decide("approved", "I read it myself."));
  short.mockRestore();
  expect(document).toMatchObject({ decidedBy: "reviewer", noScore: { code: "MODEL_LATE" } });
});

test("a document too long to be judged whole goes to a person, who is told how much was left out", async () => {
  const long = Array.from({ length: 13_000 }, (_, index) => `word${index}`).join(" ");
  const { document } = await training.run("long.md", `${text}\n${long}`, decide("approved", "I read it all."));
  expect(document).toMatchObject({ decidedBy: "reviewer", noScore: { code: "DOCUMENT_TOO_LONG" } });
  expect(document.noScore).toMatchObject({ explanation: expect.stringMatching(/^the last \d+ of about \d+ tokens/) });
});
