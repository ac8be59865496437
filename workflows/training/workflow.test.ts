import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { casesFromEnvironment } from "#callbacks";
import {
  decide,
  fields,
  hana,
  judged,
  request,
  type Started,
  startTraining,
  type Training,
  usageOf,
  waiting,
} from "../../test/support/training.ts";
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

const namesOf = (ended: Awaited<Started["ended"]>) => ended.getOperations().map((operation) => operation.getName());

function withinBudget(ended: Awaited<Started["ended"]>) {
  const { operations, bytes } = usageOf(ended);
  expect(operations).toBeLessThanOrEqual(contract.budget.operations);
  expect(bytes).toBeLessThanOrEqual(contract.budget.bytes);
}

test("a request above the upper bound is approved by the policy, recorded, and the applicant is told", async () => {
  const { short, document, arn, ended } = await training.run("good.md", text);
  expect(short).toMatchObject({ decision: "approved", decidedBy: "policy" });
  expect(document).toMatchObject({
    decision: "approved",
    decidedBy: "policy",
    by: null,
    score: 90,
    bands: { rejectBelow: 50, approveAbove: 76 },
    request: fields(),
    model: "eu.anthropic.claude-sonnet-4-6",
    tokens: { inputTokens: 700, outputTokens: 90 },
    execution: arn,
    document: { key: "training/requests/good.md", size: text.length },
  });
  expect(document.promptVersion).toMatch(/^training-2-[0-9a-f]{12}$/);
  expect(training.mails()[0]).toMatchObject({
    to: ["ada.adler@example.com"],
    subject: "Your training request was approved",
  });
  expect(namesOf(ended)).toEqual(["load request", "score request", "record decision", "tell applicant"]);
  withinBudget(ended);
});

test("a request below the lower bound is rejected by the policy, with the score as the reason", async () => {
  training.script.next = { text: judged(20) };
  const { document, execution } = await training.run("bad.md", text);
  expect(document).toMatchObject({ decision: "rejected", decidedBy: "policy", why: "The score 20 is below 50." });
  // The mail names the case and says how to contest; why it ended so stands on the page, behind the sign-in.
  const mail = training.mails().find(({ text: body }) => body.includes(`/cases/${execution}`));
  expect(mail?.text).toMatch(/contest it on that page until \d{4}-\d{2}-\d{2}/);
  expect(mail?.text).not.toMatch(/score 20|Closing the books/);
  const { explanation } = await casesFromEnvironment().outcome(execution);
  expect(explanation?.why).toBe("The score 20 is below 50.");
  expect(explanation?.points).toHaveLength(4);
  expect(explanation?.points[0]).toMatchObject({ says: "Hardly (20 of 100). As it says." });
});

test.each([
  [49, "policy", "rejected"],
  [50, "person", undefined],
  [76, "person", undefined],
  [77, "policy", "approved"],
])("a score of %i is decided by the %s", async (level, by, decision) => {
  training.script.next = { text: judged(level) };
  const meanwhile = by === "person" ? decide("approved", "Yes.") : undefined;
  const { document } = await training.run("edge.md", text, meanwhile);
  expect(document).toMatchObject({
    decision: decision ?? "approved",
    decidedBy: by === "person" ? "reviewer" : "policy",
  });
});

test.each(["approved", "rejected"] as const)(
  "a grey request that a person has %s says who, when and why",
  async (outcome) => {
    training.script.next = { text: judged(60) };
    const { document, ended, reviews, review } = await training.run(
      "grey.md",
      text,
      decide(outcome, "I know the case."),
    );
    expect(document).toMatchObject({
      decision: outcome,
      decidedBy: "reviewer",
      by: hana,
      why: "I know the case.",
      score: 60,
    });
    expect(await reviews.get(review)).toMatchObject({ status: "decided", delivered: true });
    expect(namesOf(ended)).toEqual([
      "load request",
      "score request",
      "review-request",
      "record review-request",
      "tell reviewers of review-request",
      "record decision",
      "tell applicant",
    ]);
    withinBudget(ended);
  },
);

test("the reviewer sees the request, the score with its reasons, and why a person is asked; the mail has none of it", async () => {
  training.script.next = { text: judged(60) };
  const { reviews, review } = await training.run("grey.md", text, decide("approved", "Yes."));
  const { request } = await reviews.get(review);
  expect(request).toMatchObject({ role: "hr-reviewer", requester: "ada.adler@example.com", score: { value: 60 } });
  expect(request.concern).toContain("between 50 and 76");
  expect(request.facts).toContainEqual({ label: "Training", value: "Closing the books" });
  const [mail] = training.mails().filter(({ to }) => to.includes("hr-reviewer@example.com"));
  expect(mail?.text).toContain(`/reviews/${review}`);
  expect(mail?.text).not.toMatch(/Ada|books|callback/i);
});

test("a withdrawn request ends so, and nobody is said to have decided", async () => {
  training.script.next = { text: judged(60) };
  const { document } = await training.run("grey.md", text, ({ reviews, execution }) =>
    reviews.withdraw(execution, "Replaced."),
  );
  expect(document).toMatchObject({ decision: "withdrawn", decidedBy: "nobody", by: null, why: "Replaced." });
});

test("a result that is this execution's own, from an attempt before, is left as it is", async () => {
  training.script.next = { text: judged(60) };
  const { short, document } = await training.run("twice.md", text, async (started) => {
    const key = `training/results/twice.md.${started.execution.slice(9, 21)}.json`;
    await training.s3.putObject({
      Bucket: "longhaul-documents",
      Key: key,
      Body: JSON.stringify({ execution: started.arn }),
    });
    await decide("approved", "Yes.")(started);
  });
  expect(short.decision).toBe("approved");
  expect(document).toEqual({ execution: expect.any(String) });
});

test("a result of somebody else's is not overwritten: the execution fails and says what it found", async () => {
  training.script.next = { text: judged(60) };
  const started = training.start(await training.place("taken.md", text));
  await waiting(started);
  const key = `training/results/taken.md.${started.execution.slice(9, 21)}.json`;
  await training.s3.putObject({ Bucket: "longhaul-documents", Key: key, Body: "somebody else's" });
  await decide("approved", "Yes.")(started);
  const ended = await started.ended;
  expect(ended.getStatus()).toBe("FAILED");
  expect(ended.getError().errorMessage).toContain(`Expected \`${key}\` to be free`);
});

test("the longest request that is taken stays within the budget of bytes", async () => {
  const longest = "語".repeat(20_000);
  training.script.next = { text: judged(60) };
  const { ended } = await training.run(
    "longest.json",
    request({ reasons: longest }),
    decide("approved", "語".repeat(2_000)),
  );
  withinBudget(ended);
});

test("a corrected request ends the one before it, and its result says whom it follows", async () => {
  training.script.next = { text: judged(60) };
  const first = training.start(await training.place("again.md", text));
  await waiting(first);
  training.script.next = { text: judged(90) };
  const second = training.start({
    ...(await training.place("again.md", `${text} Corrected.`)),
    follows: first.execution,
  });
  const { result } = (await second.ended).getResult() as { result: string };
  expect(await training.result(result)).toMatchObject({ decision: "approved", follows: first.execution });
  expect(await first.reviews.get(first.review)).toMatchObject({ status: "withdrawn" });
  // The runner has no API for callbacks: the withdrawal reaches the first execution as one that a crash left behind does.
  expect(await first.reviews.sweep()).toBe(1);
  expect((await first.ended).getResult()).toMatchObject({ decision: "withdrawn", decidedBy: "nobody" });
});
