import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createTable } from "#platform";
import { createMailboxes, interruptible } from "#signals";
import { cleanUp, ended, quiet, type TestEngine, testEngine } from "../../libs/local/engine/testing.ts";
import { startTables } from "../../test/support/tables.ts";
import {
  awaitExternal,
  createCallbackReceiver,
  createExternalCalls,
  createReviewStore,
  createReviews,
  requestDecision,
} from "./index.ts";
import { desk, fakeCallbacks, hana, Killed, mortal, ravi, roles } from "./testing.ts";
import { newsFor } from "./told.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
afterEach(cleanUp);

const DAY = 86_400_000;

/** A stage that asks a person and a system at once, then sleeps a month; a signal interrupts it, and it runs again. */
async function set() {
  const table = createTable("longhaul-reviews");
  const store = createReviewStore(table);
  const made: { engine?: TestEngine } = {};
  const succeed = async (callbackId: string, body: unknown) => {
    const path = `durable-execution-callbacks/${encodeURIComponent(callbackId)}/succeed`;
    return (await made.engine?.call("POST", path, body))?.status === 200;
  };
  const reviews = createReviews({ store, answerCallback: succeed });
  const mailboxes = createMailboxes({ table, ring: (callbackId) => succeed(callbackId, "signal") });
  const calls = createExternalCalls(table);
  const senders = { succeed, fail: async () => false, heartbeat: async () => false };
  const receiver = createCallbackReceiver({ calls, chain: store.chain, outbox: store.outbox, senders });
  const urls: string[] = [];

  const stage = async (ctx: DurableContext, round: number) => {
    const both = await ctx.parallel("both", [
      async (child) => {
        const { reason } = await requestDecision(child, "approve", {
          workflow: "onboarding",
          review: { title: "Plan", concern: `In round ${round}.`, facts: [] },
          rules: { role: "hr-reviewer", deadlineSeconds: round * 86_400 * 10, onExpiry: "Nobody did." },
          desk: { reviews, tell: async () => ({ told: true }) },
        });
        return reason;
      },
      (child) =>
        awaitExternal(child, "sign", {
          timeout: { days: 40 },
          schema: z.string(),
          submit: async ({ url }) => void urls.push(url),
          desk: { calls, baseUrl: "https://console.example.com" },
        }),
    ]);
    both.throwIfError();
    await ctx.wait("a month", { days: 30 });
    return both.getResults();
  };
  const durable = async (_input: never, ctx: DurableContext) => {
    for (let round = 1; ; round += 1) {
      const signals = { moved: z.null() };
      const run = (child: DurableContext) => stage(child, round);
      const done = await interruptible(ctx, `round ${round}`, { signals, mailboxes, stage: run });
      if (done.done) return { round, results: done.result };
    }
  };
  const version = { durable: { executionTimeoutSeconds: 366 * 86_400, retentionDays: 7 } };
  const engine = await testEngine({ onboarding: { durable } }, { version });
  made.engine = engine;
  const execution = `onboarding-${crypto.randomUUID()}`;
  const arn = await engine.start("onboarding", { name: execution });
  await quiet(engine);
  return {
    engine,
    reviews,
    urls,
    id: `${execution}.approve`,
    decide: () => reviews.decide(`${execution}.approve`, { outcome: "approved", reason: "Yes.", by: hana, roles }),
    sign: (index: number) => receiver.receive(String(urls[index]?.split("/").at(-1)), "success", '"signed"'),
    async interrupt() {
      const at = new Date(engine.clock.now()).toISOString();
      await mailboxes.send(execution, { id: crypto.randomUUID(), name: "moved", at, payload: null });
      await quiet(engine);
    },
    async result() {
      await quiet(engine);
      await engine.clock.advance(31 * DAY);
      return JSON.parse(String((await ended(engine, arn)).Result));
    },
  };
}

test("what was answered before an interruption answers the stage that runs again at once", async () => {
  const { decide, sign, interrupt, urls, result } = await set();
  await decide();
  await sign(0);
  await interrupt();
  expect(urls).toHaveLength(1);
  expect(await result()).toEqual({ round: 2, results: ["Yes.", "signed"] });
});

test("what is still open answers the stage that runs again, by the same review and by any token", async () => {
  const { decide, sign, interrupt, reviews, id, urls, result } = await set();
  await interrupt();
  await interrupt();
  const review = await reviews.get(id);
  // The newest stage says what is asked, and until when.
  expect(review.request.concern).toBe("In round 3.");
  expect((Date.parse(review.deadlineAt) - Date.parse(review.openedAt)) / DAY).toBeCloseTo(30, 1);
  expect(urls).toHaveLength(3);
  await decide();
  expect(await sign(0)).toEqual({ status: 204 });
  expect(await result()).toEqual({ round: 3, results: ["Yes.", "signed"] });
});

test("who has been told is not told again of the same, but of another question and of an earlier deadline", async () => {
  const { reviews, review, open, id } = desk();
  await open();
  const told = async (change: Partial<typeof review>) => {
    await reviews.open({ ...review, ...change }, `callback-${crypto.randomUUID()}`);
    const news = newsFor(await reviews.get(id));
    await reviews.told(id);
    return news;
  };
  const later = "2101-01-01T00:00:00.000Z";
  const changed = { ...review.request, concern: "Another." };
  expect(await told({})).toBe("new");
  expect(await told({})).toBeUndefined();
  expect(await told({ deadlineAt: later })).toBeUndefined();
  expect(await told({ request: changed, deadlineAt: later })).toBe("changed");
  expect(await told({ request: changed, deadlineAt: "2099-01-01T00:00:00.000Z" })).toBe("changed");
  await reviews.escalate(id, "compliance-officer");
  expect(newsFor(await reviews.get(id))).toBe("new");
});

test("an agreement to what was asked before is void where something else is asked now", async () => {
  const { reviews, review, open, id } = desk({ request: { quorum: 2 } });
  await open();
  const answer = { outcome: "approved" as const, reason: "Yes.", roles };
  await reviews.decide(id, { ...answer, by: hana });
  await reviews.open(review, "callback-2");
  expect((await reviews.get(id)).votes).toHaveLength(1);
  await reviews.open({ ...review, request: { ...review.request, concern: "Another." } }, "callback-3");
  expect((await reviews.get(id)).votes).toBeUndefined();
  await reviews.decide(id, { ...answer, by: ravi });
  expect((await reviews.get(id)).status).toBe("open");
});

test("killed anywhere while it is asked again, the decision reaches every stage that asked, however late", async () => {
  for (const moment of ["before", "after"] as const) {
    for (let line = 1; ; line += 1) {
      const healthy = desk({ callbacks: fakeCallbacks() });
      await healthy.open();
      const { state, over } = mortal(line, moment);
      const dying = healthy.over(over(healthy.table), over(healthy.callbacks));
      await dying.open(healthy.review, "callback-2").catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
      // The step is tried again, and a late attempt of the stage that was left comes last.
      await healthy.reviews.open(healthy.review, "callback-2");
      await healthy.open();
      await healthy.reviews.decide(healthy.id, { outcome: "approved", reason: "Yes.", by: hana, roles });
      expect([...healthy.callbacks.taken.keys()].sort()).toEqual(["callback-2", `callback-of-${healthy.id}`].sort());
      expect(await healthy.reviews.get(healthy.id)).toMatchObject({ status: "decided", delivered: true });
      expect(await healthy.reviews.sweep()).toBe(0);
      expect(await healthy.reviews.open(healthy.review, "callback-3")).toMatchObject({ reason: "Yes." });
      if (!state.dead) break;
    }
  }
});
