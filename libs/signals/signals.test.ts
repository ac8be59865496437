import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createTable, type Table } from "#platform";
import { defineContract, defineWorkflow } from "#workflow";
import { startTables } from "../../test/support/tables.ts";
import { cleanUp, ended, quiet, type TestEngine, testEngine } from "../local/engine/testing.ts";
import { createMailboxes, interruptible, type Mailboxes, receive } from "./index.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
afterEach(cleanUp);

const DAY = 86_400_000;
const version = { durable: { executionTimeoutSeconds: 366 * 86_400, retentionDays: 7 } };
const moved = { moved: z.strictObject({ to: z.string() }) };
const left = { left: z.null() };
const signal = (id: string, name: string, payload: z.core.util.JSONType, second = 0) => ({
  id,
  name,
  payload,
  at: new Date(second * 1_000).toISOString(),
});

/** A workflow on the engine with mailboxes on a real table; `ring` can be made to fail, as a crash before it would. */
async function set(workflow: (ctx: DurableContext, mailboxes: Mailboxes) => Promise<unknown>) {
  const made: { engine?: TestEngine } = {};
  const wires = { cut: false, rings: 0 };
  const table: Table = createTable("longhaul-reviews");
  const mailboxes = createMailboxes({
    table,
    ring: async (callbackId) => {
      if (wires.cut) throw new Error("no connection");
      wires.rings += 1;
      const path = `durable-execution-callbacks/${encodeURIComponent(callbackId)}/succeed`;
      return (await made.engine?.call("POST", path, "signal"))?.status === 200;
    },
  });
  const durable = (_input: never, ctx: DurableContext) => workflow(ctx, mailboxes);
  const engine = await testEngine({ workflow: { durable } }, { version });
  made.engine = engine;
  const execution = `onboarding-${crypto.randomUUID()}`;
  const start = async () => {
    const arn = await engine.start("workflow", { name: execution });
    await quiet(engine);
    return arn;
  };
  const result = async (arn: string) => JSON.parse(String((await ended(engine, arn)).Result));
  /** From now on what rings is another engine's. */
  const engineOf = (other: TestEngine) => {
    made.engine = other;
    return other;
  };
  return { engine, mailboxes, execution, start, result, wires, engineOf };
}

const taking = (count: number) => async (ctx: DurableContext, mailboxes: Mailboxes) => {
  const seen: unknown[] = [];
  for (let round = 1; round <= count; round += 1) {
    const got = await receive(ctx, `wait ${round}`, { signals: { ...moved, ...left }, mailboxes });
    seen.push(got && [got.name, got.payload]);
  }
  return seen;
};

test("a signal wakes the wait that sleeps for it, for three operations", async () => {
  const { engine, mailboxes, execution, start, result } = await set(taking(1));
  const arn = await start();
  expect(await mailboxes.send(execution, signal("1", "moved", { to: "May" }))).toEqual({ new: true });
  expect(await result(arn)).toEqual([["moved", { to: "May" }]]);
  const begun = (await engine.types(arn)).filter((type) => /^(Callback|Step)Started$/.test(String(type)));
  expect(begun).toHaveLength(3);
});

test("signals that come before the execution starts, and between its waits, are taken in the order of their sending", async () => {
  const { mailboxes, execution, start, result } = await set(taking(3));
  await mailboxes.send(execution, signal("b", "moved", { to: "June" }, 2));
  await mailboxes.send(execution, signal("a", "moved", { to: "May" }, 1));
  await mailboxes.send(execution, signal("c", "left", null, 3));
  const arn = await start();
  expect(await result(arn)).toEqual([
    ["moved", { to: "May" }],
    ["moved", { to: "June" }],
    ["left", null],
  ]);
});

test("a signal that is sent again is the same one, and another under its id is refused", async () => {
  const { mailboxes, execution, start, result } = await set(taking(2));
  const arn = await start();
  await mailboxes.send(execution, signal("1", "moved", { to: "May" }));
  expect(await mailboxes.send(execution, signal("1", "moved", { to: "May" }, 9))).toEqual({ new: false });
  await expect(mailboxes.send(execution, signal("1", "moved", { to: "June" }))).rejects.toMatchObject({
    code: "SIGNAL_INVALID",
  });
  await mailboxes.send(execution, signal("2", "left", null, 1));
  expect(await result(arn)).toEqual([
    ["moved", { to: "May" }],
    ["left", null],
  ]);
});

test("what a wait does not take stays for a later one", async () => {
  const { mailboxes, execution, start, result } = await set(async (ctx, own) => [
    (await receive(ctx, "first", { signals: left, mailboxes: own }))?.name,
    (await receive(ctx, "second", { signals: moved, mailboxes: own }))?.name,
  ]);
  await mailboxes.send(execution, signal("1", "moved", { to: "May" }));
  const arn = await start();
  await mailboxes.send(execution, signal("2", "left", null, 1));
  expect(await result(arn)).toEqual(["left", "moved"]);
});

test("a wait ends at its instant where no signal comes", async () => {
  const until = Date.now() + 300 * DAY;
  const { engine, start, result } = await set((ctx, mailboxes) =>
    receive(ctx, "until the day", { signals: moved, until, mailboxes }),
  );
  const arn = await start();
  await engine.clock.advance(299 * DAY);
  expect((await engine.describe(arn)).Status).toBe("RUNNING");
  await engine.clock.advance(DAY);
  expect(await result(arn)).toBeNull();
});

test("a sender that dies before it rings has lost nothing: the sweeper rings", async () => {
  const { engine, mailboxes, execution, start, result, wires } = await set(taking(1));
  const arn = await start();
  wires.cut = true;
  await expect(mailboxes.send(execution, signal("1", "moved", { to: "May" }))).rejects.toThrow("no connection");
  wires.cut = false;
  expect((await engine.describe(arn)).Status).toBe("RUNNING");
  expect(await mailboxes.sweep()).toBeGreaterThan(0);
  expect(await result(arn)).toEqual([["moved", { to: "May" }]]);
  expect(await mailboxes.sweep()).toBe(0);
});

test("two waits at once: each signal goes to one of them, and neither is lost", async () => {
  const { mailboxes, execution, start, result } = await set(async (ctx, own) => {
    const both = await ctx.parallel("both", [
      (child) => receive(child, "one", { signals: moved, mailboxes: own }),
      (child) => receive(child, "other", { signals: moved, mailboxes: own }),
    ]);
    return both.getResults().map((got) => got?.payload.to);
  });
  const arn = await start();
  await Promise.all([
    mailboxes.send(execution, signal("1", "moved", { to: "May" })),
    mailboxes.send(execution, signal("2", "moved", { to: "June" })),
  ]);
  expect((await result(arn)).sort()).toEqual(["June", "May"]);
});

test("a payload that is not as the workflow reads it, and a signal without a name, are refused by their field", async () => {
  const { mailboxes, execution } = await set(taking(1));
  await expect(mailboxes.send(execution, { ...signal("1", "moved", null), name: "Moved!" })).rejects.toThrow(/name/);
  await expect(mailboxes.send(execution, signal("1", "moved", "x".repeat(70_000)))).rejects.toThrow(/65536 bytes/);
});

test("a stage that sleeps is interrupted at once, and ends by itself where no signal comes", async () => {
  const workflow = async (ctx: DurableContext, mailboxes: Mailboxes) => {
    const rounds: unknown[] = [];
    for (let round = 1; round <= 2; round += 1) {
      const ended = await interruptible(ctx, `stage ${round}`, {
        signals: moved,
        mailboxes,
        stage: async (child) => {
          await child.wait("a month", { days: 30 });
          return round;
        },
      });
      rounds.push(ended.done ? ended.result : ended.signal.payload);
    }
    return rounds;
  };
  const { engine, mailboxes, execution, start, result } = await set(workflow);
  const arn = await start();
  await engine.clock.advance(10 * DAY);
  await mailboxes.send(execution, signal("1", "moved", { to: "May" }));
  await quiet(engine);
  await engine.clock.advance(29 * DAY);
  expect((await engine.describe(arn)).Status).toBe("RUNNING");
  await engine.clock.advance(DAY);
  expect(await result(arn)).toEqual([{ to: "May" }, 2]);
});

test("a signal reaches the stage that runs, past waits of stages that have ended", async () => {
  const workflow = async (ctx: DurableContext, mailboxes: Mailboxes) => {
    const ends: unknown[] = [];
    for (const days of [1, 2, 30]) {
      const stage = (child: DurableContext) => child.wait("days", { days });
      const ended = await interruptible(ctx, `stage of ${days} days`, { signals: moved, mailboxes, stage });
      ends.push(ended.done ? days : ended.signal.payload.to);
    }
    return ends;
  };
  const { engine, mailboxes, execution, start, result } = await set(workflow);
  const arn = await start();
  await engine.clock.advance(5 * DAY);
  await mailboxes.send(execution, signal("1", "moved", { to: "May" }));
  expect(await result(arn)).toEqual([1, 2, "May"]);
});

test("a signal by the business key reaches the part that continues a case, and none is taken twice", async () => {
  const contract = defineContract({
    ...{ name: "parts", title: "Parts", input: z.strictObject({}), result: z.array(z.string()), reviews: {} },
    triggers: [{ kind: "queue", eventType: "longhaul.parts.requested", businessKey: "id" }],
    ...{ executionTimeoutSeconds: 3_600, retentionDays: 1, function: { memoryMb: 128, timeoutSeconds: 10 } },
    permissions: { read: ["parts/inputs/"], write: [], mail: false },
    budget: { operations: 100, bytes: 10_000 },
  });
  const { mailboxes, execution, engineOf } = await set(async () => null);
  const handler = defineWorkflow(
    contract,
    () => undefined,
    async (ctx) => [(await receive(ctx, "the wait", { signals: moved, mailboxes }))?.payload.to ?? "nothing"],
  );
  const engine = engineOf(await testEngine({ parts: { handler } }, { version }));
  const result = async (name: string, input: object) =>
    JSON.parse(String((await ended(engine, await engine.start("parts", { name, input }))).Result));
  await mailboxes.send(execution, signal("1", "moved", { to: "May" }));
  await mailboxes.send(execution, signal("2", "moved", { to: "June" }, 1));
  expect(await result(execution, {})).toEqual(["May"]);
  const continues = { first: execution, of: execution, part: 2 };
  expect(await result(`${execution}-c2`, { continues, input: {}, state: null })).toEqual(["June"]);
});

test("a stage that fails is not waited for", async () => {
  const { start, engine } = await set((ctx, mailboxes) =>
    interruptible(ctx, "stage", {
      signals: moved,
      mailboxes,
      stage: () => Promise.reject(new Error("It broke.")),
    }),
  );
  const execution = await ended(engine, await start());
  expect(execution).toMatchObject({ Status: "FAILED" });
  expect(JSON.stringify(execution.Error)).toContain("It broke.");
});
