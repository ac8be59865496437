import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createTable, LonghaulError } from "#platform";
import type { ReviewRules } from "#workflow";
import { cleanUp, ended, eventually, quiet, type TestEngine, testEngine } from "../../libs/local/engine/testing.ts";
import { startTables } from "../../test/support/tables.ts";
import { createReviewStore, createReviews, type OptionToOffer, type Reviews, requestDecision } from "./index.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
afterEach(cleanUp);

const HOUR = 3_600;
const hana = { subject: "hana", name: "Hana Holm", email: "hana.holm@example.com" };
const ravi = { subject: "ravi", name: "Ravi Rao", email: "ravi.rao@example.com" };
const roles = ["hr-reviewer"];
const rules = { role: "hr-reviewer", deadlineSeconds: 72 * HOUR, onExpiry: "No approval." };

/** A workflow on the engine that asks once; its reviews lie on a real table, its mails are kept in `mails`. */
async function ask(more: Partial<ReviewRules> = {}, options?: OptionToOffer[], mailFails = false) {
  const mails: { role: string; reminder?: number }[] = [];
  const made: { engine?: TestEngine } = {};
  const reviews: Reviews = createReviews({
    store: createReviewStore(createTable("longhaul-reviews")),
    answerCallback: async (callbackId, decision) => {
      const path = `durable-execution-callbacks/${encodeURIComponent(callbackId)}/succeed`;
      return (await made.engine?.call("POST", path, decision))?.status === 200;
    },
  });
  const tell = async ({ role, reminder }: { role: string; reminder?: number }) => {
    if (mailFails) throw new LonghaulError("MAIL_REFUSED", "No such mailbox.");
    mails.push({ role, ...(reminder && { reminder }) });
    return { told: true };
  };
  const review = {
    title: "Training request",
    concern: "Grey.",
    facts: [],
    requester: "noor@example.com",
    ...(options && { options }),
  };
  const durable = (_input: never, ctx: DurableContext) =>
    requestDecision(ctx, "review", {
      workflow: "training",
      review,
      rules: { ...rules, ...more },
      desk: { reviews, tell },
    });
  const engine = await testEngine({ training: { durable } });
  made.engine = engine;
  const execution = `training-${crypto.randomUUID()}`;
  const arn = await engine.start("training", { name: execution });
  await quiet(engine);
  const result = async () => JSON.parse(String((await ended(engine, arn)).Result));
  const id = `${execution}.review`;
  const operations = async () =>
    (await engine.types(arn)).filter((type) => /^(Callback|Step|Wait|Context)Started$/.test(String(type))).length;
  const move = async (seconds: number) => {
    await engine.clock.advance(seconds * 1_000);
    await quiet(engine);
  };
  return { engine, arn, reviews, id, mails, result, operations, move };
}

test("a decision comes back whole: outcome, by, at, reason, comment, round", async () => {
  const { reviews, id, result, operations } = await ask();
  await reviews.decide(id, { outcome: "approved", reason: "It fits.", comment: "Book early.", by: hana, roles });
  expect(await result()).toEqual({
    outcome: "approved",
    by: hana,
    at: expect.any(String),
    reason: "It fits.",
    comment: "Book early.",
    round: 1,
    option: "approve",
  });
  // The callback, its record, the mail.
  expect(await operations()).toBe(3);
});

test("a review that nobody decides expires, which is no approval", async () => {
  const { reviews, id, result, operations, move } = await ask();
  await move(72 * HOUR);
  expect(await result()).toMatchObject({ outcome: "expired", reason: "Nobody decided before the deadline." });
  expect(await operations()).toBe(4);
  expect(await reviews.get(id)).toMatchObject({ status: "expired", delivered: true });
});

test("reminders and escalation go by durable timers while the callback sleeps, and stop at the decision", async () => {
  const { reviews, id, mails, result, operations, move } = await ask({
    reminders: [24 * HOUR, 60 * HOUR],
    escalation: { afterSeconds: 48 * HOUR, role: "compliance-officer" },
  });
  expect(mails).toEqual([{ role: "hr-reviewer" }]);
  await move(24 * HOUR);
  expect(mails.slice(1)).toEqual([{ role: "hr-reviewer", reminder: 1 }]);
  await move(24 * HOUR);
  expect(mails.slice(2)).toEqual([{ role: "compliance-officer" }]);
  const escalated = await reviews.get(id);
  expect(escalated).toMatchObject({ escalatedTo: "compliance-officer", request: { role: "hr-reviewer" } });
  expect(escalated.audit.map(({ act }) => act)).toEqual(["opened", "told", "reminded", "escalated", "told"]);
  await reviews.decide(id, { outcome: "rejected", reason: "No.", by: ravi, roles: ["compliance-officer"] });
  expect(await result()).toMatchObject({ outcome: "rejected", by: ravi });
  expect(mails).toHaveLength(3);
  // Callback, record, tell; the parallel; two timers with their steps, and the timer left waiting.
  expect(await operations()).toBe(9);
});

test("with reminders too, a review that nobody decides expires", async () => {
  const { result, operations, move } = await ask({ reminders: [24 * HOUR] });
  await move(24 * HOUR);
  await move(48 * HOUR);
  expect(await result()).toMatchObject({ outcome: "expired" });
  expect(await operations()).toBe(7);
});

test("a mail that cannot be sent ends neither the case nor its timers", async () => {
  const times = { reminders: [HOUR], escalation: { afterSeconds: 2 * HOUR, role: "compliance-officer" } };
  const { reviews, id, result, mails, move } = await ask(times, undefined, true);
  await move(HOUR);
  await move(HOUR);
  expect([mails, await reviews.get(id)]).toMatchObject([[], { escalatedTo: "compliance-officer" }]);
  await reviews.decide(id, { outcome: "approved", reason: "Yes.", by: hana, roles });
  expect(await result()).toMatchObject({ outcome: "approved" });
});

test("an option's form is kept as JSON schema, and answers are held against it", async () => {
  const form = z.strictObject({ budget: z.number().min(0).max(5_000), code: z.enum(["fits", "needed"]) });
  const { reviews, id, result } = await ask({}, [
    { id: "approve-in-part", label: "Approve in part", outcome: "approved", form },
    { id: "reject", label: "Reject", outcome: "rejected" },
  ]);
  const answer = { outcome: "approved" as const, reason: "In part.", by: hana, roles };
  for (const answers of [{}, { budget: 9_000, code: "fits" }, { budget: 1, code: "fits", more: 1 }]) {
    await expect(reviews.decide(id, { ...answer, answers })).rejects.toMatchObject({ code: "INVALID_DECISION" });
  }
  await expect(reviews.decide(id, { ...answer, option: "approve" })).rejects.toThrow(/option/);
  await reviews.decide(id, { ...answer, answers: { budget: 500, code: "fits" } });
  expect(await result()).toMatchObject({ option: "approve-in-part", answers: { budget: 500, code: "fits" } });
});

test("four eyes: two different people agree, one rejection rejects", async () => {
  const { reviews, id, result } = await ask({ quorum: 2 });
  const answer = { outcome: "approved" as const, reason: "Yes.", roles };
  expect(await reviews.decide(id, { ...answer, by: hana })).toMatchObject({
    won: true,
    waitingFor: 1,
    review: { status: "open" },
  });
  const again = reviews.decide(id, { ...answer, by: { ...hana, subject: "HANA.HOLM@EXAMPLE.COM" } });
  await expect(again).rejects.toMatchObject({ why: "same-person" });
  await reviews.decide(id, { ...answer, by: ravi });
  expect(await result()).toMatchObject({ outcome: "approved", by: ravi, with: [hana] });

  const other = await ask({ quorum: 2 });
  await other.reviews.decide(other.id, { ...answer, by: hana });
  await other.reviews.decide(other.id, { ...answer, outcome: "rejected", by: ravi });
  expect(await other.result()).toMatchObject({ outcome: "rejected", by: ravi });
});

test("while the applicant is asked for more the clock stands still, and goes on with the answer", async () => {
  const { reviews, id, result, move, engine, arn } = await ask({ pauseSeconds: 48 * HOUR });
  await reviews.ask(id, { by: hana, roles, text: "Which course?" });
  await move(72 * HOUR);
  expect((await engine.describe(arn)).Status).toBe("RUNNING");
  const answered = await reviews.answer(id, {
    by: { subject: "noor", name: "Noor", email: "noor@example.com" },
    text: "B2.",
  });
  expect(answered).toMatchObject({ round: 2, questions: [{ text: "Which course?", answer: { text: "B2." } }] });
  await reviews.decide(id, { outcome: "approved", reason: "Clear now.", by: hana, roles });
  expect(await result()).toMatchObject({ outcome: "approved", round: 2 });
});

test("where the contract gives no pause, the clock goes on while the applicant is asked for more", async () => {
  const { reviews, id, result, move } = await ask();
  expect(await reviews.ask(id, { by: hana, roles, text: "Which course?" })).not.toHaveProperty("pausedAt");
  await move(72 * HOUR);
  expect(await result()).toMatchObject({ outcome: "expired" });
});

test("a clock that stands still for longer than is allowed goes on by itself", async () => {
  const { reviews, id, result, move } = await ask({ pauseSeconds: 48 * HOUR });
  await reviews.ask(id, { by: hana, roles, text: "Which course?" });
  await move(72 * HOUR);
  await move(48 * HOUR);
  expect(await result()).toMatchObject({ outcome: "expired" });
});

test("a deadline in working time does not pass over a weekend", async () => {
  const everyDay = Object.fromEntries(
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["10:00", "11:00"]]]),
  );
  const { reviews, id } = await ask({
    deadlineSeconds: 2 * HOUR,
    calendar: { zone: "UTC", hours: everyDay as NonNullable<ReviewRules["calendar"]>["hours"], holidays: [] },
  });
  const { openedAt, deadlineAt } = await reviews.get(id);
  const hours = (Date.parse(deadlineAt) - Date.parse(openedAt)) / 3_600_000;
  expect(hours).toBeGreaterThan(23);
});

test.each([
  [{ deadlineSeconds: 0 }, /deadlineSeconds/],
  [{ role: "" }, /role/],
  [{ reminders: [80 * HOUR] }, /reminders/],
])("%j is refused by the name of its field", async (wrong, message) => {
  const durable = (_input: never, ctx: DurableContext) =>
    requestDecision(ctx, "review", {
      workflow: "training",
      review: { title: "T", concern: "", facts: [] },
      rules: { ...rules, ...wrong },
    });
  const engine = await testEngine({ training: { durable } });
  const { Error: error } = (await ended(engine, await engine.start("training"))) as {
    Error?: { ErrorMessage: string };
  };
  expect(error?.ErrorMessage).toMatch(message);
  await eventually(async () => engine.engine.stats().invoked === 0);
});
