import { afterAll, beforeAll, expect, test } from "vitest";
import { startTables } from "../../test/support/tables.ts";
import { mintToken } from "./external/token.ts";
import { createCallbackReceiver, createCases, createExternalCalls, createReviewStore, type Reviews } from "./index.ts";
import { desk, fakeCallbacks, hana, Killed, mortal, ravi, roles } from "./testing.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const approve = { outcome: "approved" as const, reason: "It fits.", by: hana, roles };

/** Runs `work` in processes that are killed at their first, second, … call until one lives; then looks at what is left. */
async function killedAnywhere(
  prepare: (healthy: ReturnType<typeof desk>) => Promise<unknown>,
  work: (reviews: Reviews, id: string) => Promise<unknown>,
  check: (healthy: ReturnType<typeof desk>) => Promise<void>,
  request = {},
): Promise<number> {
  let points = 0;
  for (const moment of ["before", "after"] as const) {
    for (let line = 1; ; line += 1) {
      const healthy = desk({ request, callbacks: fakeCallbacks() });
      await prepare(healthy);
      const { state, over } = mortal(line, moment);
      const dying = healthy.over(over(healthy.table), over(healthy.callbacks));
      await work(dying, healthy.id).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
      await healthy.reviews.sweep();
      await check(healthy);
      expect(await healthy.reviews.sweep()).toBe(0);
      if (!state.dead) break;
      points += 1;
    }
  }
  return points;
}

const acts = async ({ reviews, id }: ReturnType<typeof desk>) => (await reviews.get(id)).audit.map(({ act }) => act);
const chained = async ({ store, execution }: ReturnType<typeof desk>) =>
  (await store.chain.entries(execution)).map(({ act }) => act);

test("killed between any two lines of a decision, there is exactly one decision, delivered and proved", async () => {
  const points = await killedAnywhere(
    ({ open }) => open(),
    (reviews, id) => reviews.decide(id, approve),
    async (healthy) => {
      // The person saw nothing but an error, and decides again: the first decision counts if it was made.
      const again = await healthy.reviews.decide(healthy.id, { ...approve, outcome: "rejected", by: ravi });
      const review = await healthy.reviews.get(healthy.id);
      expect(review).toMatchObject({ status: "decided", delivered: true });
      expect(again.review.decision).toEqual(review.decision);
      expect([...healthy.callbacks.taken.values()]).toEqual([review.decision]);
      expect(await acts(healthy)).toEqual(["opened", "decided", "delivered"]);
      expect(await chained(healthy)).toEqual(["opened", "decided", "delivered"]);
      expect(await healthy.reviews.verify(healthy.execution)).toMatchObject({ valid: true, entries: 3 });
    },
  );
  expect(points).toBeGreaterThan(20);
});

test("killed between any two lines of a second agreement, there is exactly one decision, delivered and proved", async () => {
  await killedAnywhere(
    async ({ open, reviews, id }) => {
      await open();
      await reviews.decide(id, approve);
    },
    (reviews, id) => reviews.decide(id, { ...approve, by: ravi }),
    async (healthy) => {
      const { status } = await healthy.reviews.get(healthy.id);
      if (status === "open") await healthy.reviews.decide(healthy.id, { ...approve, by: ravi });
      expect([...healthy.callbacks.taken.values()]).toMatchObject([{ outcome: "approved", by: ravi, with: [hana] }]);
      expect(await chained(healthy)).toEqual(["opened", "agreed", "decided", "delivered"]);
      expect((await healthy.reviews.verify(healthy.execution)).valid).toBe(true);
    },
    { quorum: 2 },
  );
});

test("killed between any two lines of an opening, the repeated step finds or opens exactly one review", async () => {
  await killedAnywhere(
    async () => undefined,
    async (reviews, id) => {
      const execution = id.replace(".review-request", "");
      await reviews.open({ ...desk().review, id, execution }, `callback-of-${id}`);
    },
    async (healthy) => {
      await healthy.open();
      await healthy.open();
      expect(await acts(healthy)).toEqual(["opened"]);
      expect(await chained(healthy)).toEqual(["opened"]);
    },
  );
});

test("killed between any two lines of a withdrawal, the case ends once and is delivered", async () => {
  await killedAnywhere(
    ({ open }) => open(),
    (reviews, id) => reviews.withdraw(id.replace(".review-request", ""), "Replaced."),
    async (healthy) => {
      await healthy.reviews.withdraw(healthy.execution, "Replaced.");
      expect(await acts(healthy)).toEqual(["opened", "withdrawn", "delivered"]);
      expect([...healthy.callbacks.taken.values()]).toMatchObject([{ outcome: "withdrawn" }]);
      expect(await chained(healthy)).toEqual(["opened", "withdrawn", "delivered"]);
    },
  );
});

test("a decision that was sent and whose record a crash prevented is called delivered, not lost", async () => {
  const healthy = desk();
  await healthy.open();
  const { over } = mortal(1, "after");
  const dying = healthy.over(healthy.table, over(healthy.callbacks));
  await dying.decide(healthy.id, approve);
  expect((await healthy.reviews.get(healthy.id)).delivered).toBe(false);
  await healthy.reviews.sweep();
  expect(await acts(healthy)).toEqual(["opened", "decided", "delivered"]);
});

test("a decision that raced with the deadline and was not sent in time is taken by the execution that comes for it", async () => {
  const healthy = desk();
  await healthy.open();
  healthy.callbacks.state.waiting = false;
  await healthy.reviews.decide(healthy.id, approve);
  expect(await healthy.reviews.expire(healthy.id)).toMatchObject({ outcome: "approved", by: hana });
  expect(await healthy.reviews.get(healthy.id)).toMatchObject({ delivered: true });
  expect(await acts(healthy)).toEqual(["opened", "decided", "undeliverable", "delivered"]);
});

/** As `killedAnywhere`, for what has ports of its own: `run` builds it over what may die. */
async function killedInEachCall(
  run: (mortals: ReturnType<typeof mortal>) => Promise<unknown>,
  check: () => Promise<void>,
  prepare: () => Promise<void>,
) {
  for (const moment of ["before", "after"] as const) {
    for (let line = 1; ; line += 1) {
      await prepare();
      const mortals = mortal(line, moment);
      await run(mortals).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
      await check();
      if (!mortals.state.dead) break;
    }
  }
}

test("killed between any two lines of an outside system's answer, that system's repetition leaves exactly one, delivered", async () => {
  const { table, store } = desk();
  const current = { execution: "", token: "", taken: [] as unknown[] };
  const senders = () => ({
    succeed: async (_id: string, body: unknown) => current.taken.length === 0 && current.taken.push(body) > 0,
    fail: async () => false,
    heartbeat: async () => true,
    wasAnswered: async () => current.taken.length > 0,
  });
  const receiverOver = (other: typeof table, given: ReturnType<typeof senders>) => {
    const { chain, outbox } = createReviewStore(other);
    return createCallbackReceiver({ calls: createExternalCalls(other), chain, outbox, senders: given });
  };
  await killedInEachCall(
    ({ over }) => receiverOver(over(table), over(senders())).receive(current.token, "success", '{"n":1}'),
    async () => {
      const healthy = receiverOver(table, senders());
      await healthy.sweep();
      const again = await healthy.receive(current.token, "success", '{"n":1}');
      expect([204, 409]).toContain(again.status);
      expect(current.taken).toEqual([{ n: 1 }]);
      expect((await store.chain.entries(current.execution)).map(({ act }) => act)).toEqual(["called-back"]);
    },
    async () => {
      const execution = `shop-${crypto.randomUUID()}`;
      const { token, hash } = mintToken(execution, "ship");
      Object.assign(current, { execution, token, taken: [] });
      const call = { execution, executionArn: "arn", name: "ship", callbackId: "id", schema: {}, hashes: [] };
      await createExternalCalls(table).open({ ...call, openedAt: "2026-11-24T09:00:00.000Z", status: "open" }, hash);
    },
  );
});

test("killed between any two lines of a contest, exactly one execution is started", async () => {
  const { table, store } = desk();
  const rules = { role: "hr-reviewer", deadlineSeconds: 60, onExpiry: "No.", contestSeconds: 86_400 };
  const current = { execution: "", started: new Set<string>() };
  const start = { start: async ({ name }: { name: string }) => void current.started.add(name) };
  const contest = { by: ravi, roles, reason: "Look again." };
  await killedInEachCall(
    ({ over }) =>
      createCases({ store: createReviewStore(over(table)), ...over(start) }).contest(current.execution, contest),
    async () => {
      const healthy = createCases({ store, ...start });
      await healthy.sweep();
      await healthy
        .contest(current.execution, contest)
        .catch((error: { why?: string }) => expect(error.why).toBe("contested"));
      expect([...current.started]).toEqual([`${current.execution}-r2`]);
      const chained = (await store.chain.entries(current.execution)).map(({ act }) => act);
      expect(chained).toEqual(["closed", "contested"]);
    },
    async () => {
      const execution = `training-${crypto.randomUUID()}`;
      Object.assign(current, { execution, started: new Set() });
      const executionArn = `arn:aws:lambda:eu-west-1:000000000000:function:longhaul-training:1/durable-execution/${execution}/1`;
      const contract = { name: "training", reviews: { "review-request": rules } };
      const ending = { executionArn, contract, review: "review-request", input: {}, outcome: "rejected" };
      await createCases({ store, ...start }).close(ending);
    },
  );
});
