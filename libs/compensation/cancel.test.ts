import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { afterEach, expect, test } from "vitest";
import { answering, createWorld, finish, POLICIES, type World, worldStep } from "../../test/support/saga.ts";
import { cleanUp, eventually, quiet, type TestEngine, testEngine } from "../local/engine/testing.ts";
import { type Cancellation, cancellable, type Saga, saga } from "./index.ts";

afterEach(cleanUp);

const body = (run: (s: Saga, cancellation: Cancellation) => Promise<unknown>) => ({
  workflow: {
    durable: async (_input: unknown, ctx: DurableContext) => {
      const cancellation = await cancellable(ctx);
      const options = { officer: { ask: answering() }, policies: POLICIES, cancellation };
      return saga(ctx, "test", (s) => run(s, cancellation), options);
    },
  },
});

/** Sends the cancel as the API does: the answer of the execution's callback. */
async function cancel(engine: TestEngine, arn: string) {
  const id = await eventually(async () => {
    const made = (await engine.history(arn)).find(
      ({ Name, EventType }) => EventType === "CallbackStarted" && Name === "cancel",
    );
    return (made?.CallbackStartedDetails as { CallbackId: string } | undefined)?.CallbackId;
  });
  const request = { reason: "The customer changed their mind.", at: new Date().toISOString() };
  return engine.call("POST", `durable-execution-callbacks/${encodeURIComponent(id)}/succeed`, request);
}

test("a cancel ends a wait, no further step begins, and what was done is undone", async () => {
  const world = createWorld();
  const engine = await testEngine(
    body(async (s) => {
      await s.step("one", worldStep(world));
      await s.wait("a week", { days: 7 });
      await s.step("two", worldStep(world));
    }),
  );
  const arn = await engine.start("workflow", { name: "case-1" });
  await quiet(engine);
  await cancel(engine, arn);
  await quiet(engine);
  // The clock was not moved: the week is not over.
  const { result } = await finish(engine, arn);
  expect(result).toMatchObject({ status: "compensated", cancelled: true });
  expect(result.error).toMatchObject({ step: "two", code: "CANCELLED", message: "The customer changed their mind." });
  expect(result.steps[1]).toMatchObject({ name: "two", forward: "not-run", undo: "not-run" });
  expect([world.began.length, world.left()]).toEqual([1, []]);
});

test("a cancel is looked at between steps: the step that is under way ends, the next does not begin", async () => {
  const world = createWorld();
  let cancelled: Promise<unknown> | undefined;
  let engine: TestEngine | undefined;
  let arn = "";
  const { run, ...rest } = worldStep(world);
  engine = await testEngine(
    body(async (s) => {
      await s.step("one", {
        ...rest,
        run: async (key, call) => {
          if (engine) cancelled ??= cancel(engine, arn);
          await cancelled;
          return run(key, call);
        },
      });
      await s.wait("a moment", { seconds: 1 });
      await s.step("two", worldStep(world));
    }),
  );
  arn = await engine.start("workflow", { name: "case-1" });
  const { result } = await finish(engine, arn);
  expect(result).toMatchObject({
    status: "compensated",
    cancelled: true,
    steps: [{ forward: "done", undo: "undone" }, {}],
  });
  expect(world.left()).toEqual([]);
});

test("a cancel that comes between an action and its checkpoint does not make the action forgotten", async () => {
  const world = createWorld();
  const kills: string[] = [];
  let first: TestEngine | undefined;
  let alive = true;
  const functions = (w: World) => {
    const { run, ...rest } = worldStep(w);
    return body((s) =>
      s.step("one", {
        ...rest,
        run: async (key, call) => {
          const result = await run(key, call);
          if (alive && first) {
            kills.push(await first.kill());
            await new Promise(() => undefined);
          }
          return result;
        },
      }),
    );
  };
  first = await testEngine(functions(world));
  const arn = await first.start("workflow", { name: "case-1" });
  await eventually(async () => kills.length > 0);
  alive = false;
  // The process died after the money had moved. The cancel arrives before it is up again.
  const second = await testEngine(functions(world), { folder: kills[0] ?? "" });
  await cancel(second, arn);
  await second.engine.resume();
  const { result } = await finish(second, arn);
  expect(result.steps).toMatchObject([{ name: "one", forward: "unknown", undo: "undone" }]);
  expect(result).toMatchObject({ status: "compensated", cancelled: true });
  expect([world.effects(), world.left()]).toEqual([1, []]);
});

test("past the point of no return a cancel changes nothing, and after the end it is refused", async () => {
  const world = createWorld();
  const engine = await testEngine(
    body(async (s) => {
      await s.step("ship", {
        run: async (key) => world.act(key),
        check: async () => ({ happened: false }),
        pointOfNoReturn: "The parcel has left.",
      });
      await s.wait("a day", { days: 1 });
      return s.step("invoice", worldStep(world));
    }),
  );
  const arn = await engine.start("workflow", { name: "case-1" });
  await quiet(engine);
  expect((await cancel(engine, arn)).status).toBe(200);
  const { result } = await finish(engine, arn);
  expect(result).toMatchObject({ status: "completed", cancelled: false });
  expect((await cancel(engine, arn)).status).toBe(400);
});

test("a step that waits for its next attempt does not begin it after a cancel: its outcome is unknown, and it is undone", async () => {
  const world = createWorld();
  const engine = await testEngine(body((s) => s.step("one", worldStep(world, { run: ["lost after"] }))));
  const arn = await engine.start("workflow", { name: "case-1" });
  await quiet(engine);
  await cancel(engine, arn);
  const { result } = await finish(engine, arn);
  expect(result).toMatchObject({ cancelled: true, steps: [{ forward: "unknown", undo: "undone" }] });
  expect(world.left()).toEqual([]);
});
