import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTable } from "#platform";
import { cleanUp, ended, quiet, type TestEngine, testEngine } from "../../../libs/local/engine/testing.ts";
import { startTables } from "../../../test/support/tables.ts";
import {
  type Cases,
  createCases,
  createReviewStore,
  createReviews,
  type Decision,
  problemOf,
  type Reopening,
  requestDecision,
} from "../index.ts";
import { hana, noor, ravi, roles } from "../testing.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
afterEach(cleanUp);

const DAY = 86_400;
const contract = {
  name: "training",
  reviews: {
    "review-request": { role: "hr-reviewer", deadlineSeconds: 3 * DAY, onExpiry: "No.", contestSeconds: 14 * DAY },
  },
};
const approve = { outcome: "approved" as const, reason: "It fits.", by: hana, roles };

/** A workflow on the engine that decides by policy or by a person, and closes its case; contests start it again. */
async function begin(options: { automatic?: boolean; now?: () => number; starts?: () => boolean } = {}) {
  const store = createReviewStore(createTable("longhaul-reviews"));
  const made: { engine?: TestEngine; cases?: Cases } = {};
  const started: { name: string; arn: string }[] = [];
  const reviews = createReviews({
    store,
    answerCallback: async (callbackId, decision) => {
      const path = `durable-execution-callbacks/${encodeURIComponent(callbackId)}/succeed`;
      return (await made.engine?.call("POST", path, decision))?.status === 200;
    },
  });
  const cases = createCases({
    store,
    start: async ({ functionName, name, input }) => {
      if (options.starts && !options.starts()) throw new Error("no connection");
      started.push({ name, arn: (await made.engine?.start(functionName, { name, input })) ?? "" });
    },
    ...(options.now && { now: options.now }),
  });
  const durable = async (input: never, ctx: DurableContext) => {
    const given = input as { document: string; reopens?: Reopening };
    let decision: Decision | undefined;
    if (!options.automatic || given.reopens) {
      decision = await requestDecision(ctx, "review-request", {
        workflow: "training",
        rules: contract.reviews["review-request"],
        review: { title: "Training request", concern: "Grey.", facts: [], requester: noor.email },
        reopens: given.reopens,
        desk: { reviews, tell: async () => ({ told: false }), lineage: cases.lineage },
      });
    }
    return ctx.step("record", async () => {
      const outcome = decision?.outcome ?? "rejected";
      const {
        executionContext: { durableExecutionArn: executionArn },
      } = ctx;
      const ending = { contract, review: "review-request", input: given, outcome, decision, applicant: noor.email };
      await cases.close({ ...ending, executionArn });
      return { outcome };
    });
  };
  const engine = await testEngine({ training: { durable } });
  made.engine = engine;
  const execution = `training-${crypto.randomUUID().replaceAll("-", "").slice(0, 20)}`;
  const arn = await engine.start("training", { name: execution, input: { document: "d" } });
  await quiet(engine);
  return { engine, reviews, cases, store, execution, arn, started, id: `${execution}.review-request` };
}

test("a contested human decision is decided again by somebody else, and the second outcome supersedes the first", async () => {
  const { engine, reviews, cases, execution, arn, started, id } = await begin();
  await reviews.decide(id, { ...approve, outcome: "rejected" });
  await ended(engine, arn);
  const { execution: again } = await cases.contest(execution, {
    by: noor,
    roles: [],
    reason: "The course is what I do.",
  });
  expect(again).toBe(`${execution}-r2`);
  await quiet(engine);
  const review = await reviews.get(`${again}.review-request`);
  expect(review).toMatchObject({
    round: 2,
    request: { reopens: { of: execution, outcome: "rejected", as: "applicant", reason: "The course is what I do." } },
  });
  await expect(reviews.decide(review.id, approve)).rejects.toMatchObject({ why: "excluded" });
  await reviews.decide(review.id, { ...approve, by: ravi });
  await ended(engine, String(started[0]?.arn));
  expect(await cases.outcome(execution)).toMatchObject({ outcome: "rejected", supersededBy: again });
  expect(await cases.outcome(again)).toMatchObject({
    outcome: "approved",
    reopens: execution,
    round: 2,
    decidedBy: [ravi],
  });
  const late = problemOf(await reviews.decide(id, { ...approve, by: ravi }));
  expect(late).toMatchObject({ type: "urn:longhaul:problem:review-superseded", supersededBy: again });
});

test("a contested automatic decision is put before a person", async () => {
  const { engine, reviews, cases, execution, arn } = await begin({ automatic: true });
  await ended(engine, arn);
  expect(await cases.outcome(execution)).toMatchObject({ outcome: "rejected", decidedBy: [] });
  const { execution: again } = await cases.contest(execution, { by: noor, roles: [], reason: "No person looked." });
  await quiet(engine);
  expect(await reviews.get(`${again}.review-request`)).toMatchObject({ status: "open" });
});

test("both chains verify, and each names the other", async () => {
  const { engine, reviews, cases, store, execution, arn, started, id } = await begin();
  await reviews.decide(id, approve);
  await ended(engine, arn);
  const { execution: again } = await cases.contest(execution, { by: ravi, roles, reason: "The budget is used up." });
  await quiet(engine);
  await reviews.decide(`${again}.review-request`, { ...approve, by: { subject: "zoe", name: "Zoe" } });
  await ended(engine, String(started[0]?.arn));
  for (const one of [execution, again]) expect((await reviews.verify(one)).problems).toEqual([]);
  // The execution may close its case before the console has noted that its decision was delivered.
  const acts = async (one: string) => (await reviews.history(one)).map(({ act }) => act).sort();
  const ofReview = ["decided", "delivered", "opened"];
  expect(await acts(execution)).toEqual(["closed", "contested", ...ofReview, "superseded", "superseded"]);
  expect(await acts(again)).toEqual(["closed", ...ofReview, "reopened"]);
  const [link] = await store.chain.entries(again);
  const contested = (await store.chain.entries(execution)).find(({ act }) => act === "contested");
  expect(link?.details).toMatchObject({ of: execution, seq: contested?.seq, hash: contested?.hash });
});

test("an officer who contests does not decide it either", async () => {
  const { engine, reviews, cases, execution, arn, id } = await begin();
  await reviews.decide(id, approve);
  await ended(engine, arn);
  const { execution: again } = await cases.contest(execution, { by: ravi, roles, reason: "The budget is used up." });
  await quiet(engine);
  const decided = reviews.decide(`${again}.review-request`, { ...approve, by: ravi });
  await expect(decided).rejects.toMatchObject({ why: "excluded" });
});

test("a decision that came too late is a reason to reopen, and a reopened case that nobody decides changes nothing", async () => {
  const { engine, reviews, cases, execution, arn, id, started } = await begin();
  await engine.clock.advance(3 * DAY * 1_000);
  await ended(engine, arn);
  expect(await reviews.decide(id, approve)).toMatchObject({ why: "expired", review: { late: [{ by: hana }] } });
  await cases.contest(execution, { by: ravi, roles, reason: "Hana's decision came a minute late." });
  await quiet(engine);
  await engine.clock.advance(3 * DAY * 1_000);
  await ended(engine, String(started[0]?.arn));
  expect((await cases.outcome(execution)).supersededBy).toBeUndefined();
});

test("only once, only in time, only by whom it concerns; each refusal says why", async () => {
  const time = { now: () => Date.now() };
  const { engine, reviews, cases, execution, arn, id } = await begin({ now: () => time.now() });
  const contest = (by = noor, held: string[] = []) => cases.contest(execution, { by, roles: held, reason: "Because." });
  await expect(contest()).rejects.toMatchObject({ why: "unknown" });
  await reviews.decide(id, approve);
  await ended(engine, arn);
  await expect(contest(ravi, ["auditor"])).rejects.toMatchObject({ why: "role" });
  await expect(cases.contest(execution, { by: noor, roles: [], reason: " " })).rejects.toMatchObject({ why: "reason" });
  time.now = () => Date.now() + 15 * DAY * 1_000;
  await expect(contest()).rejects.toMatchObject({ why: "late" });
  time.now = () => Date.now();
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => contest()));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(contest()).rejects.toMatchObject({ why: "contested", execution: `${execution}-r2` });
});

test("a contest whose execution could not be started is started by the sweeper, once", async () => {
  let up = false;
  const { engine, reviews, cases, execution, arn, id, started } = await begin({ starts: () => up });
  await reviews.decide(id, approve);
  await ended(engine, arn);
  await cases.contest(execution, { by: noor, roles: [], reason: "Because." });
  expect(started).toEqual([]);
  up = true;
  expect(await cases.sweep()).toBe(1);
  expect(await cases.sweep()).toBe(0);
  expect(started.map(({ name }) => name)).toEqual([`${execution}-r2`]);
});
