import { afterAll, beforeAll, expect, test } from "vitest";
import { createCases, createReviewStore } from "#callbacks";
import { createTable } from "#platform";
import {
  hana,
  judged,
  type Started,
  startTraining,
  type Training,
  usageOf,
  waiting,
} from "../../test/support/training.ts";
import { contract, type TrainingInput } from "./contract.ts";

let training: Training;
beforeAll(async () => {
  training = await startTraining();
});
afterAll(() => training.close());

const text = "Name: Ada Adler\nE-mail: ada.adler@example.com\nPlease let me attend Closing the books.";
const ada = { subject: "ada", name: "Ada Adler", email: "ada.adler@example.com" };
const ravi = { subject: "ravi", name: "Ravi Rao", email: "ravi.rao@example.com" };

/** Contests an ended execution as its applicant, and runs the execution that the contest starts. */
async function contest(execution: string): Promise<Started> {
  const starts: { name: string; input: unknown }[] = [];
  const cases = createCases({
    store: createReviewStore(createTable("longhaul-reviews")),
    start: async (target) => void starts.push(target),
  });
  await cases.contest(execution, { by: ada, roles: [], reason: "The books are my work." });
  const [start] = starts;
  if (!start) throw new Error("Nothing was started.");
  const again = training.start(start.input as TrainingInput, start.name);
  await waiting(again);
  return again;
}

test("a rejection by the policy that is contested is decided by a person, and the new result takes the old one's place", async () => {
  training.script.next = { text: judged(20) };
  const first = await training.run("contested.md", text);
  expect(first.document).toMatchObject({ decision: "rejected", decidedBy: "policy", round: 1, supersedes: null });
  const again = await contest(first.execution);
  const { request } = await again.reviews.get(again.review);
  expect(request.concern).toMatch(/score 20 lies outside 50 to 76, and the policy's decision was contested/);
  expect(request.reopens).toMatchObject({ of: first.execution, as: "applicant", reason: "The books are my work." });
  await again.reviews.decide(again.review, { outcome: "approved", reason: "It is.", by: hana, roles: ["hr-reviewer"] });
  const ended = await again.ended;
  const { result } = ended.getResult() as { result: string };
  expect(result).not.toBe(first.short.result);
  expect(await training.result(result)).toMatchObject({
    decision: "approved",
    decidedBy: "reviewer",
    round: 2,
    supersedes: first.short.result,
  });
  const { operations, bytes } = usageOf(ended);
  expect(operations).toBeLessThanOrEqual(contract.budget.operations);
  expect(bytes).toBeLessThanOrEqual(contract.budget.bytes);
});

test("who decided the first time does not decide the contest", async () => {
  training.script.next = { text: judged(60) };
  const answer = { outcome: "rejected" as const, reason: "No.", by: hana, roles: ["hr-reviewer"] };
  const first = await training.run("twice.md", text, ({ reviews, review }) => reviews.decide(review, answer));
  const again = await contest(first.execution);
  await expect(again.reviews.decide(again.review, answer)).rejects.toMatchObject({ why: "excluded" });
  await again.reviews.decide(again.review, { ...answer, by: ravi });
  const { result } = (await again.ended).getResult() as { result: string };
  expect(await training.result(result)).toMatchObject({
    decision: "rejected",
    by: ravi,
    supersedes: first.short.result,
  });
});
