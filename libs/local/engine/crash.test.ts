import { afterEach, expect, test, vi } from "vitest";
import {
  answer,
  byHand,
  cleanUp,
  ended,
  eventually,
  quiet,
  type TestEngine,
  type TestFunction,
  testEngine,
} from "./testing.ts";

afterEach(async () => {
  vi.restoreAllMocks();
  await cleanUp();
});

const contiguous = async (engine: TestEngine, arn: string) => {
  const ids = (await engine.history(arn)).map(({ EventId }) => EventId);
  expect(ids).toEqual(ids.map((_, index) => index + 1));
};

test("a kill at any checkpoint, and at any moment of sleep, leaves an execution that comes to the same result", async () => {
  const kills: { folder: string; now: number }[] = [];
  let first: TestEngine | undefined;
  const photograph = async () => {
    if (first) kills.push({ folder: await first.kill(), now: first.clock.now() });
  };
  const workflow: TestFunction = {
    durable: async (_: unknown, context) => {
      await photograph();
      const one = await context.step("one", async () => {
        await photograph();
        return 1;
      });
      await photograph();
      await context.wait("a day", { days: 1 });
      await photograph();
      const [left, right] = (
        await context.parallel("both", [
          async (branch) => branch.step("left", async () => 10),
          async (branch) => {
            await branch.wait("an hour", { hours: 1 });
            return 20;
          },
        ])
      ).getResults();
      await photograph();
      return one + Number(left) + Number(right);
    },
  };
  first = await testEngine({ workflow });
  const arn = await first.start("workflow");
  await photograph();
  await quiet(first);
  await photograph();
  await first.clock.advance(2 * 86_400_000);
  expect(await ended(first, arn)).toMatchObject({ Status: "SUCCEEDED", Result: "31" });
  await photograph();
  first = undefined;
  expect(kills.length).toBeGreaterThanOrEqual(9);

  for (const { folder, now } of kills) {
    const next = await testEngine({ workflow }, { folder, offset: now - Date.now() });
    await next.engine.resume();
    await quiet(next);
    await next.clock.advance(2 * 86_400_000);
    expect(await ended(next, arn)).toMatchObject({ Status: "SUCCEEDED", Result: "31" });
    await contiguous(next, arn);
    expect((await next.types(arn)).slice(-2)).toEqual(["InvocationCompleted", "ExecutionSucceeded"]);
    await next.close();
  }
});

test("an invocation that was under way counts as lost and is made again at once", async () => {
  const never = byHand(() => new Promise(() => undefined));
  const first = await testEngine({ workflow: never });
  const arn = await first.start("workflow");
  const next = await testEngine(
    { workflow: byHand(async () => answer({ Status: "SUCCEEDED", Result: '"ok"' })) },
    { folder: await first.kill() },
  );
  await next.engine.resume();
  expect(await ended(next, arn)).toMatchObject({ Result: '"ok"' });
  expect(await next.history(arn)).toMatchObject([
    { EventType: "ExecutionStarted" },
    {
      EventType: "InvocationCompleted",
      InvocationCompletedDetails: { Error: { Payload: { ErrorType: "Runtime.ExitError" } } },
    },
    { EventType: "InvocationCompleted" },
    { EventType: "ExecutionSucceeded" },
  ]);
});

test("an execution that ended by a checkpoint just before the kill is closed, not run again", async () => {
  let checkpointed: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    checkpointed = resolve;
  });
  const endsByCheckpoint = byHand(async ({ CheckpointToken }, checkpoint) => {
    const Updates = [{ Id: "result", Type: "EXECUTION", Action: "SUCCEED", Payload: '"large"' }];
    await checkpoint({ CheckpointToken, Updates });
    checkpointed();
    return new Promise(() => undefined);
  });
  const first = await testEngine({ workflow: endsByCheckpoint });
  const arn = await first.start("workflow");
  await reached;
  const next = await testEngine(
    { workflow: byHand(() => Promise.reject(new Error("run again"))) },
    { folder: await first.kill() },
  );
  await next.engine.resume();
  await eventually(async () => next.events.some(({ status }) => status === "SUCCEEDED"));
  expect(await next.types(arn)).toEqual(["ExecutionStarted", "InvocationCompleted", "ExecutionSucceeded"]);
  expect(await next.describe(arn)).toMatchObject({ Status: "SUCCEEDED", Result: '"large"' });
});

test("what fell due while the process was down fires in order of time before anything runs again", async () => {
  const sleeper: TestFunction = {
    durable: async ({ hours }: { hours: number }, context) => {
      await context.wait("sleep", { hours });
      return hours;
    },
  };
  const first = await testEngine({ sleeper });
  const arns: string[] = [];
  for (const hours of [3, 1, 2]) arns.push(await first.start("sleeper", { input: { hours } }));
  await quiet(first);
  const order: unknown[] = [];
  const recording: TestFunction = {
    durable: async ({ hours }: { hours: number }, context) => {
      await context.wait("sleep", { hours });
      order.push(hours);
      return hours;
    },
  };
  const next = await testEngine({ sleeper: recording }, { folder: await first.kill(), offset: 4 * 3_600_000 });
  await next.engine.resume();
  for (const arn of arns) await ended(next, arn);
  expect(order).toEqual([1, 2, 3]);
});

test("executions that sleep are not held in memory, before a restart and after it", async () => {
  const sleeper: TestFunction = {
    durable: async (_: unknown, context) => {
      await context.wait("sleep", { days: 1 });
      return "awake";
    },
  };
  const first = await testEngine({ sleeper });
  const arns = await Promise.all(Array.from({ length: 300 }, () => first.start("sleeper")));
  await quiet(first);
  expect(first.engine.stats()).toEqual({ running: 300, invoked: 0, waiting: 0, loaded: 0 });
  const next = await testEngine({ sleeper }, { folder: await first.kill() });
  await next.engine.resume();
  expect(next.engine.stats()).toEqual({ running: 300, invoked: 0, waiting: 0, loaded: 0 });
  await next.clock.advance(86_400_000);
  for (const arn of arns) expect((await ended(next, arn)).Status).toBe("SUCCEEDED");
  expect(next.engine.stats()).toEqual({ running: 0, invoked: 0, waiting: 0, loaded: 0 });
});

test("a commit that fails leaves memory as the disk is: the checkpoint is refused whole and can be made again", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  let engine: TestEngine | undefined;
  const seen: unknown[] = [];
  const workflow = byHand(async ({ CheckpointToken }, checkpoint) => {
    const Updates = [{ Id: "a", Type: "STEP", Action: "SUCCEED", Payload: "1" }];
    const commit = engine?.store.sql("COMMIT");
    if (!commit) throw new Error("There is no engine yet.");
    const { run } = commit;
    commit.run = () => {
      throw new Error("database or disk is full");
    };
    seen.push(
      await checkpoint({ CheckpointToken, Updates }).then(
        () => "taken",
        (error: Error) => error.message,
      ),
    );
    commit.run = run;
    seen.push((await checkpoint({ CheckpointToken, Updates })).NewExecutionState.Operations.length);
    return answer({ Status: "SUCCEEDED", Result: "1" });
  });
  engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await ended(engine, arn);
  expect(seen).toEqual(["database or disk is full", 1]);
  expect(await engine.types(arn)).toEqual([
    "ExecutionStarted",
    "StepStarted",
    "StepSucceeded",
    "InvocationCompleted",
    "ExecutionSucceeded",
  ]);
});
