import { afterEach, expect, test } from "vitest";
import {
  answer,
  byHand,
  cleanUp,
  ended,
  eventually,
  PENDING,
  quiet,
  type TestFunction,
  testEngine,
} from "./testing.ts";

afterEach(cleanUp);

const DAY = 86_400_000;

test("weeks of waits, one after another, pass in one move of the clock, each to its second", async () => {
  const workflow: TestFunction = {
    durable: async (_: unknown, context) => {
      const at: number[] = [];
      for (const day of [1, 2, 3, 4]) {
        await context.wait(`week ${day}`, { days: 7 });
        at.push(await context.step(`now ${day}`, async () => engine.clock.now()));
      }
      return at;
    },
  };
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await quiet(engine);
  const started = engine.clock.now();
  await engine.clock.advance(29 * DAY);
  const { Status, Result } = await ended(engine, arn);
  expect(Status).toBe("SUCCEEDED");
  const weeks = (JSON.parse(String(Result)) as number[]).map((time) => (time - started) / (7 * DAY));
  weeks.forEach((passed, index) => {
    expect(passed).toBeCloseTo(index + 1, 4);
  });
});

test("executions that are due wake in order of their time, whatever the order of their start", async () => {
  const order: number[] = [];
  const workflow: TestFunction = {
    durable: async ({ minutes }: { minutes: number }, context) => {
      await context.wait("sleep", { minutes });
      await context.step("woken", async () => void order.push(minutes));
    },
  };
  const engine = await testEngine({ workflow });
  const minutes = [50, 10, 40, 20, 30];
  const arns: string[] = [];
  for (const each of minutes) arns.push(await engine.start("workflow", { input: { minutes: each } }));
  await quiet(engine);
  await engine.clock.advance(3_600_000);
  for (const arn of arns) await ended(engine, arn);
  expect(order).toEqual([10, 20, 30, 40, 50]);
});

test("past its timeout an execution is TIMED_OUT: the handler that runs takes no more checkpoints", async () => {
  let refused: unknown;
  const workflow = byHand(async ({ CheckpointToken }, checkpoint) => {
    await engine.clock.advance(60_000);
    refused = await checkpoint({ CheckpointToken }).catch((error: Error) => error.message);
    return answer({ Status: "SUCCEEDED", Result: '"too late"' });
  });
  const durable = { executionTimeoutSeconds: 60, retentionDays: 1 };
  const engine = await testEngine({ workflow }, { version: { durable } });
  const arn = await engine.start("workflow");
  await eventually(async () => refused !== undefined);
  await quiet(engine);
  expect(refused).toBe("Invalid Checkpoint Token");
  expect(await engine.describe(arn)).toMatchObject({ Status: "TIMED_OUT", Error: { ErrorType: "Execution.TimedOut" } });
  expect(await engine.types(arn)).toEqual(["ExecutionStarted", "InvocationCompleted", "ExecutionTimedOut"]);
});

test("a wait that falls due while its handler runs is delivered inside the invocation", async () => {
  let delta: unknown;
  const workflow = byHand(async ({ CheckpointToken }, checkpoint) => {
    const Updates = [{ Id: "w", Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds: 60 } }];
    const { CheckpointToken: token } = await checkpoint({ CheckpointToken, Updates });
    const moving = engine.clock.advance(60_000);
    await eventually(async () => (await engine.types(arn)).includes("WaitSucceeded"));
    delta = (await checkpoint({ CheckpointToken: token })).NewExecutionState.Operations;
    void moving;
    return answer({ Status: "SUCCEEDED" });
  });
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await ended(engine, arn);
  expect(delta).toMatchObject([{ Id: "w", Status: "SUCCEEDED" }]);
  expect(await engine.types(arn)).toEqual([
    "ExecutionStarted",
    "WaitStarted",
    "WaitSucceeded",
    "InvocationCompleted",
    "ExecutionSucceeded",
  ]);
});

test("a closed execution is there until its retention is over, and then nothing of it is left", async () => {
  const engine = await testEngine({ workflow: byHand(async () => answer({ Status: "SUCCEEDED" })) });
  const arn = await engine.start("workflow", { name: "kept" });
  await ended(engine, arn);
  await engine.clock.advance(7 * DAY - 60_000);
  expect((await engine.describe(arn)).Status).toBe("SUCCEEDED");
  expect(await engine.start("workflow", { name: "kept" })).toBe(arn);
  await engine.clock.advance(60_000);
  expect(await engine.call("GET", `durable-executions/${encodeURIComponent(arn)}`)).toMatchObject({ status: 404 });
  for (const table of ["executions", "inputs", "changes", "timers", "callbacks"])
    expect(engine.store.sql(`SELECT count(*) AS n FROM ${table}`).get()?.n).toBe(0);
  expect(await engine.start("workflow", { name: "kept" })).not.toBe(arn);
});

test("a handler that is asleep when its callback and its wait come is told of both, once", async () => {
  const told: string[][] = [];
  const workflow = byHand(async ({ CheckpointToken, UpdatedOperationIds }, checkpoint) => {
    told.push(UpdatedOperationIds);
    if (told.length > 1) return answer({ Status: told.length > 2 ? "SUCCEEDED" : "PENDING" });
    const Updates = [
      { Id: "soon", Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds: 60 } },
      { Id: "later", Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds: 120 } },
    ];
    await checkpoint({ CheckpointToken, Updates });
    return PENDING;
  });
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await quiet(engine);
  await engine.clock.advance(120_000);
  await ended(engine, arn);
  expect(told).toEqual([[], ["soon"], ["later"]]);
});
