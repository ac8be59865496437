import { EventType } from "@aws-sdk/client-lambda";
import { afterEach, expect, test } from "vitest";
import { answer, byHand, cleanUp, ended, PENDING, quiet, type TestEngine, testEngine } from "./testing.ts";

afterEach(cleanUp);

const seen = new Set<unknown>();
async function expectTypes(engine: TestEngine, arn: string, ...types: string[]) {
  const written = await engine.types(arn);
  for (const type of written) seen.add(type);
  expect(written).toEqual(types);
}

/** Makes these checkpoints in its first invocation, then sleeps; in the next one it succeeds. */
const makes = (...checkpoints: object[][]) => {
  const begun = new Set<string>();
  return byHand(async ({ CheckpointToken, DurableExecutionArn }, checkpoint) => {
    if (begun.has(DurableExecutionArn)) return answer({ Status: "SUCCEEDED", Result: "1" });
    begun.add(DurableExecutionArn);
    let token = CheckpointToken;
    for (const Updates of checkpoints) token = (await checkpoint({ CheckpointToken: token, Updates })).CheckpointToken;
    return PENDING;
  });
};
const wait = (Id: string, WaitSeconds: number) => ({ Id, Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds } });
const callback = (Id: string, CallbackOptions = {}) => ({ Id, Type: "CALLBACK", Action: "START", CallbackOptions });
const invoke = (FunctionName: string) => ({
  ...{ Id: "i", Type: "CHAINED_INVOKE", Action: "START", Payload: "{}" },
  ChainedInvokeOptions: { FunctionName },
});
const failed = byHand(async () => answer({ Status: "FAILED", Error: { ErrorType: "Broken" } }));
const fine = byHand(async () => answer({ Status: "SUCCEEDED", Result: '"fine"' }));
const started = "ExecutionStarted";
const invoked = "InvocationCompleted";
const stop = (engine: TestEngine, arn: string) =>
  engine.call("POST", `durable-executions/${encodeURIComponent(arn)}/stop`);

test("steps and contexts, that succeed and that fail", async () => {
  const workflow = makes([
    { Id: "c", Type: "CONTEXT", Action: "START" },
    { Id: "s", Type: "STEP", Action: "SUCCEED", ParentId: "c", Payload: "1" },
    { Id: "c", Type: "CONTEXT", Action: "SUCCEED", Payload: "1" },
    { Id: "d", Type: "CONTEXT", Action: "START" },
    { Id: "f", Type: "STEP", Action: "FAIL", ParentId: "d", Error: { ErrorType: "E" } },
    { Id: "d", Type: "CONTEXT", Action: "FAIL", Error: { ErrorType: "E" } },
    { Id: "done", Type: "EXECUTION", Action: "SUCCEED" },
  ]);
  const engine = await testEngine({ workflow });
  const arn = await engine.start("workflow");
  await quiet(engine);
  const first = ["ContextStarted", "StepStarted", "StepSucceeded", "ContextSucceeded"];
  const second = ["ContextStarted", "StepStarted", "StepFailed", "ContextFailed"];
  await expectTypes(engine, arn, started, ...first, ...second, invoked, "ExecutionSucceeded");
});

test("waits, that pass and that are cancelled; and an execution that fails", async () => {
  const workflow = makes([wait("w", 60), wait("v", 60)], [{ Id: "w", Type: "WAIT", Action: "CANCEL" }]);
  const engine = await testEngine({ workflow, failed });
  const arn = await engine.start("workflow");
  const failing = await engine.start("failed");
  await quiet(engine);
  await engine.clock.advance(60_000);
  await ended(engine, arn);
  const waits = ["WaitStarted", "WaitStarted", "WaitCancelled", invoked, "WaitSucceeded"];
  await expectTypes(engine, arn, started, ...waits, invoked, "ExecutionSucceeded");
  await expectTypes(engine, failing, started, invoked, "ExecutionFailed");
});

test.each([
  ["succeed", "CallbackSucceeded"],
  ["fail", "CallbackFailed"],
  ["time out", "CallbackTimedOut"],
])("callbacks that %s", async (how, type) => {
  const engine = await testEngine({ workflow: makes([callback("c", { TimeoutSeconds: 30 })]) });
  const arn = await engine.start("workflow");
  await quiet(engine);
  const [, { CallbackStartedDetails } = {}] = await engine.history(arn);
  const { CallbackId } = CallbackStartedDetails as { CallbackId: string };
  if (how === "time out") await engine.clock.advance(30_000);
  else await engine.call("POST", `durable-execution-callbacks/${encodeURIComponent(CallbackId)}/${how}`);
  await ended(engine, arn);
  await expectTypes(engine, arn, started, "CallbackStarted", invoked, type, invoked, "ExecutionSucceeded");
});

test.each([
  ["succeeds", "fine", "ChainedInvokeSucceeded"],
  ["fails", "failed", "ChainedInvokeFailed"],
  ["is stopped", "sleeper", "ChainedInvokeStopped"],
  ["times out", "sleeper", "ChainedInvokeTimedOut"],
])("an invoked execution that %s", async (how, target, type) => {
  const durable = { executionTimeoutSeconds: 60, retentionDays: 1 };
  const engine = await testEngine(
    { workflow: makes([invoke(target)]), fine, failed, sleeper: makes([wait("w", 86_400)]) },
    { versions: { sleeper: { durable } } },
  );
  const arn = await engine.start("workflow");
  await quiet(engine);
  const [, { ChainedInvokeStartedDetails } = {}] = await engine.history(arn);
  const { DurableExecutionArn: child } = ChainedInvokeStartedDetails as { DurableExecutionArn: string };
  if (how === "is stopped") await stop(engine, child);
  if (how === "times out") await engine.clock.advance(60_000);
  await ended(engine, arn);
  await expectTypes(engine, arn, started, "ChainedInvokeStarted", invoked, type, invoked, "ExecutionSucceeded");
  const end = { fine: [invoked, "ExecutionSucceeded"], failed: [invoked, "ExecutionFailed"] }[target];
  const slept = ["WaitStarted", invoked, how === "is stopped" ? "ExecutionStopped" : "ExecutionTimedOut"];
  await expectTypes(engine, child, started, ...(end ?? slept));
});

test("these are the service's 24 event types, and there is no other", () => {
  expect([...seen].sort()).toEqual(Object.values(EventType).sort());
  expect(seen.size).toBe(24);
});
