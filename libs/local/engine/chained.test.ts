import { afterEach, expect, test } from "vitest";
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

afterEach(cleanUp);

const parent: TestFunction = {
  durable: async ({ target }: { target: string }, context) => {
    try {
      return { result: await context.invoke("call", target, { n: 4 }) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : "unknown" };
    }
  },
};
const resultOf = async (engine: TestEngine, arn: string) => JSON.parse(String((await ended(engine, arn)).Result));
const started = async (engine: TestEngine, arn: string) => {
  const event = (await engine.history(arn)).find(({ EventType }) => EventType === "ChainedInvokeStarted");
  return event?.ChainedInvokeStartedDetails as Record<string, unknown> | undefined;
};

test("a durable target is a child execution; the history names it, and its end comes after the invocation that began it", async () => {
  const child: TestFunction = {
    durable: async ({ n }: { n: number }, context) => context.step("ten times", async () => n * 10),
  };
  const engine = await testEngine({ parent, child });
  const arn = await engine.start("parent", { input: { target: "child:live" } });
  expect(await resultOf(engine, arn)).toEqual({ result: 40 });
  const details = await started(engine, arn);
  expect(details).toMatchObject({ FunctionName: "child:live", Input: { Payload: '{"n":4}' }, ExecutedVersion: "1" });
  expect(await engine.describe(String(details?.DurableExecutionArn))).toMatchObject({
    Status: "SUCCEEDED",
    Result: "40",
  });
  expect(await engine.types(arn)).toEqual([
    "ExecutionStarted",
    "ChainedInvokeStarted",
    "InvocationCompleted",
    "ChainedInvokeSucceeded",
    "InvocationCompleted",
    "ExecutionSucceeded",
  ]);
});

test("a child that is stopped tells its parent", async () => {
  const child: TestFunction = { durable: async (_: unknown, context) => context.wait("long", { days: 3 }) };
  const engine = await testEngine({ parent, child });
  const arn = await engine.start("parent", { input: { target: "child" } });
  await quiet(engine);
  const childArn = String((await started(engine, arn))?.DurableExecutionArn);
  const body = { ErrorType: "Stopped", ErrorMessage: "by hand" };
  await engine.call("POST", `durable-executions/${encodeURIComponent(childArn)}/stop`, body);
  expect(await resultOf(engine, arn)).toEqual({ error: expect.stringContaining("by hand") });
  expect(await engine.types(arn)).toContain("ChainedInvokeStopped");
});

test("a kill between the child's start and its end leaves one child, whose end still arrives", async () => {
  const child: TestFunction = { durable: async (_: unknown, context) => context.wait("long", { hours: 3 }) };
  const first = await testEngine({ parent, child });
  const arn = await first.start("parent", { input: { target: "child" } });
  await quiet(first);
  const next = await testEngine({ parent, child }, { folder: await first.kill() });
  await next.engine.resume();
  await next.clock.advance(3 * 3_600_000);
  await ended(next, arn);
  expect(await next.types(arn)).toContain("ChainedInvokeSucceeded");
  const { body } = await next.call("GET", "functions/child/durable-executions");
  expect(body.DurableExecutions).toHaveLength(1);
});

test("a plain function is invoked, and again after a kill before its end; what it throws fails the operation", async () => {
  let calls = 0;
  const plain: TestFunction = {
    plain: ({ n }: { n: number }) => {
      calls += 1;
      return calls === 1 ? new Promise(() => undefined) : n + 1;
    },
  };
  const broken: TestFunction = { plain: () => Promise.reject(new Error("no luck")) };
  const first = await testEngine({ parent, plain, broken });
  const arn = await first.start("parent", { input: { target: "plain" } });
  const failing = await first.start("parent", { input: { target: "broken" } });
  expect(await resultOf(first, failing)).toEqual({ error: expect.stringContaining("no luck") });
  await eventually(async () => calls === 1);
  const next = await testEngine({ parent, plain, broken }, { folder: await first.kill() });
  await next.engine.resume();
  expect(await resultOf(next, arn)).toEqual({ result: 5 });
  expect(calls).toBe(2);
});

test("a function that is not there fails the operation", async () => {
  const engine = await testEngine({ parent });
  const arn = await engine.start("parent", { input: { target: "nobody:live" } });
  expect(await resultOf(engine, arn)).toEqual({ error: expect.stringContaining("nobody:live") });
});

test("the tenant goes with the invocation, to a plain and to a durable function", async () => {
  const tenants: unknown[] = [];
  const caller = byHand(async ({ CheckpointToken, InitialExecutionState }, checkpoint) => {
    if (InitialExecutionState.Operations.length > 1) return answer({ Status: "SUCCEEDED" });
    const ChainedInvokeOptions = { FunctionName: "plain", TenantId: "blue" };
    await checkpoint({
      CheckpointToken,
      Updates: [{ Id: "i", Type: "CHAINED_INVOKE", Action: "START", Payload: "{}", ChainedInvokeOptions }],
    });
    return answer({ Status: "PENDING" });
  });
  const plain: TestFunction = { plain: (_: unknown, { tenantId }) => void tenants.push(tenantId) };
  const engine = await testEngine({ caller, plain });
  await ended(engine, await engine.start("caller"));
  const durable: TestFunction = {
    byHand: async ({ tenantId }) => {
      tenants.push(tenantId);
      return answer({ Status: "SUCCEEDED" });
    },
  };
  const other = await testEngine({ caller, plain: durable });
  await ended(other, await other.start("caller"));
  expect(tenants).toEqual(["blue", "blue"]);
});
