import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createReviewStore, createReviews, type Reviews } from "#callbacks";
import { createTable } from "#platform";
import { cleanUp, eventually, quiet, type TestEngine, testEngine } from "../../libs/local/engine/testing.ts";
import { createWorld, finish, POLICIES, type World, worldStep } from "../../test/support/saga.ts";
import { startTables } from "../../test/support/tables.ts";
import { cancellable, type Saga, saga } from "./index.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
let reviews: Reviews;
let engine: TestEngine;
beforeAll(async () => {
  tables = await startTables();
  Object.assign(process.env, {
    LONGHAUL_REVIEWS_TABLE: "longhaul-reviews",
    LONGHAUL_CONSOLE_URL: "http://127.0.0.1:1",
    LONGHAUL_MAIL_FROM: "longhaul@example.com",
  });
  reviews = createReviews({
    store: createReviewStore(createTable("longhaul-reviews")),
    answerCallback: async (callbackId, decision) => {
      const path = `durable-execution-callbacks/${encodeURIComponent(callbackId)}/succeed`;
      return (await engine.call("POST", path, decision))?.status === 200;
    },
  });
});
afterAll(() => tables.close());
afterEach(cleanUp);

const officer = { workflow: "test", role: "compliance-officer", deadlineSeconds: 86_400 };
const clara = { subject: "clara", name: "Clara Conte", email: "clara.conte@example.com" };
const carl = { subject: "carl", name: "Carl Cohen", email: "carl.cohen@example.com" };
const answer = { reason: "As the bank says.", roles: ["compliance-officer"] };

let execution: string;
let world: World;
beforeEach(() => {
  execution = `case-${crypto.randomUUID()}`;
  world = createWorld();
});

/** A saga on the engine whose officers are asked by real reviews on a real table. */
async function start(body: (s: Saga) => Promise<unknown>) {
  const durable = async (_input: unknown, ctx: DurableContext) =>
    saga(ctx, "test", body, { officer, policies: POLICIES, cancellation: await cancellable(ctx) });
  engine = await testEngine({ workflow: { durable } });
  const arn = await engine.start("workflow", { name: execution });
  await quiet(engine);
  return arn;
}
const failing = async (s: Saga) => {
  await s.step("charge", { ...worldStep(world, { undo: ["refused"] }), facts: { Amount: "12.50 EUR" } });
  await s.step("ship", worldStep(world, { run: ["refused"] }));
};
const open = (name: string) =>
  eventually(async () => {
    const review = await reviews.get(`${execution}.${name}`).catch(() => undefined);
    return review?.status === "open" && review;
  });

test("what could not be undone is a review for an officer: what happened, what is left, amounts and keys", async () => {
  const arn = await start(failing);
  const { request } = await open("undo-charge");
  expect(request).toMatchObject({
    role: "compliance-officer",
    title: "Undo by hand: charge",
    subject: "Undo by hand: charge · 12.50 EUR",
  });
  expect(request.facts).toEqual([
    { label: "Amount", value: "12.50 EUR" },
    { label: "Key", value: `${execution}.test.charge` },
    { label: "Forward", value: expect.stringMatching(/^done at /) },
    { label: "Last error", value: "REFUSED: The other side refuses." },
  ]);
  expect(request.options?.map(({ id }) => id)).toEqual(["try-again", "by-hand", "write-off"]);
  await reviews.decide(`${execution}.undo-charge`, {
    ...answer,
    by: clara,
    outcome: "approved",
    option: "by-hand",
    answers: { evidence: "Transfer 4711" },
  });
  const { result } = await finish(engine, arn);
  expect(result).toMatchObject({ status: "compensated", steps: [{ undo: "by-hand" }, {}] });
});

test("done by hand takes evidence", async () => {
  await start(failing);
  await open("undo-charge");
  const bare = { ...answer, by: clara, outcome: "approved" as const, option: "by-hand", answers: {} };
  await expect(reviews.decide(`${execution}.undo-charge`, bare)).rejects.toMatchObject({ code: "INVALID_DECISION" });
});

test("a write-off is confirmed by a second person, never by the first", async () => {
  const arn = await start(failing);
  await open("undo-charge");
  const off = { ...answer, option: "write-off" };
  await reviews.decide(`${execution}.undo-charge`, { ...off, by: clara, outcome: "rejected" });
  await open("off-charge");
  const second = { ...off, outcome: "approved" as const };
  await expect(reviews.decide(`${execution}.off-charge`, { ...second, by: clara })).rejects.toMatchObject({
    code: "NOT_PERMITTED",
  });
  await reviews.decide(`${execution}.off-charge`, { ...second, by: carl });
  const { result } = await finish(engine, arn);
  expect(result).toMatchObject({ status: "partially-compensated", steps: [{ undo: "written-off" }, {}] });
});

test("a review that nobody decides leaves the outcome open: it needs a person", async () => {
  const arn = await start(failing);
  await open("undo-charge");
  await engine.clock.advance(86_400_000);
  const { result } = await finish(engine, arn);
  expect(result).toMatchObject({ status: "needs-person", steps: [{ undo: "failed" }, {}] });
});

test("a cancel ends a question at once: its review is withdrawn, and what was done is undone", async () => {
  const arn = await start(async (s) => {
    await s.step("charge", worldStep(world));
    return s.decide("approve", {
      workflow: "test",
      review: { title: "Go on?", concern: "", facts: [], role: "compliance-officer" },
      deadlineSeconds: 86_400,
    });
  });
  await open("approve");
  const made = (await engine.history(arn)).find(
    ({ Name, EventType }) => EventType === "CallbackStarted" && Name === "cancel",
  );
  const CallbackId = (made?.CallbackStartedDetails as { CallbackId: string } | undefined)?.CallbackId ?? "";
  const request = { reason: "The customer has changed their mind.", at: new Date().toISOString() };
  await engine.call("POST", `durable-execution-callbacks/${encodeURIComponent(CallbackId)}/succeed`, request);
  const { result } = await finish(engine, arn);
  expect(result).toMatchObject({
    status: "compensated",
    cancelled: true,
    error: { step: "approve", code: "CANCELLED" },
  });
  expect((await reviews.get(`${execution}.approve`)).status).toBe("withdrawn");
  expect(world.left()).toEqual([]);
});
