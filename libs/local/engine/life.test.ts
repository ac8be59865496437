import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createFunction,
  eventually,
  startLambda,
  type TestLambda,
  temporaryFolder,
} from "../../../test/support/cloud.ts";

const SOURCE = `
import { withDurableExecution } from "@aws/durable-execution-sdk-js";
let tries = 0;
const paths = {
  steps: async (ctx, input) => (await ctx.step("one", async () => input.n)) + (await ctx.step("two", async () => 2)),
  wait: async (ctx) => { await ctx.wait("a day", { days: 1 }); return ctx.step("after", async () => "awake"); },
  retry: async (ctx) => ctx.step("flaky", async () => { tries += 1; if (tries < 3) throw new Error("not yet"); return tries; },
    { retryStrategy: (_, made) => ({ shouldRetry: made < 5, delay: { seconds: 3600 } }) }),
  callback: async (ctx, input) => { const [answer] = await ctx.createCallback("decide", { timeout: { days: 3 }, ...(input.heartbeat && { heartbeatTimeout: { minutes: 5 } }) });
    try { return { answer: await answer }; } catch (error) { return { error: error.name, message: error.message }; } },
  fail: async (ctx) => { await ctx.step("boom", async () => { throw new Error("broken"); }, { retryStrategy: () => ({ shouldRetry: false }) }); },
  parallel: async (ctx) => { const all = await ctx.parallel("both", [async (c) => c.step("left", async () => 1), async (c) => { await c.wait("hour", { hours: 1 }); return 2; }]); all.throwIfError(); return all.getResults(); },
  chain: async (ctx) => { const a = await ctx.invoke("plain call", "plain:live", { n: 4 }); const b = await ctx.invoke("durable call", "durable:live", { path: "steps", n: 5 }); return { a, b }; },
  condition: async (ctx) => ctx.waitForCondition("poll", async (state) => state + 1, { initialState: 0, waitStrategy: (state) => state < 3 ? { shouldContinue: true, delay: { seconds: 60 } } : { shouldContinue: false } }),
};
export const handler = withDurableExecution((event, ctx) => paths[event.path](ctx, event));
`;

let lambda: TestLambda;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  temporary = await temporaryFolder();
  lambda = await startLambda(temporary.folder);
  await createFunction(lambda.lambda, "durable", { source: SOURCE, durable: true });
  await createFunction(lambda.lambda, "plain", { source: "export const handler = async ({ n }) => n * 10;" });
});
afterAll(async () => {
  await lambda.close();
  await temporary.remove();
});

async function begin(input: object, name?: string) {
  const { DurableExecutionArn } = await lambda.lambda.invoke({
    FunctionName: "durable",
    Qualifier: "live",
    InvocationType: "Event",
    ...(name && { DurableExecutionName: name }),
    Payload: JSON.stringify(input),
  });
  return DurableExecutionArn ?? "";
}
const get = (arn: string) =>
  lambda.lambda.getDurableExecution({ DurableExecutionArn: arn, IncludeExecutionData: true });
const history = async (arn: string) =>
  (
    await lambda.lambda.getDurableExecutionHistory({
      DurableExecutionArn: arn,
      IncludeExecutionData: true,
      MaxItems: 1_000,
    })
  ).Events ?? [];
const types = async (arn: string) => (await history(arn)).map(({ EventType }) => EventType);
const ended = (arn: string) =>
  eventually(async () => {
    const execution = await get(arn);
    return execution.Status !== "RUNNING" && execution;
  });
const asleep = (arn: string, type: string) =>
  eventually(async () => {
    const all = await types(arn);
    return all.includes(type as never) && all.at(-1) === "InvocationCompleted";
  });

test("steps run once, one after another, and their history is in the service's order", async () => {
  const arn = await begin({ path: "steps", n: 40 });
  expect(arn).toMatch(/^arn:aws:lambda:eu-west-1:000000000000:function:durable:1\/durable-execution\/[\w-]+\/[\w-]+$/);
  expect(await ended(arn)).toMatchObject({
    Status: "SUCCEEDED",
    Result: "42",
    InputPayload: '{"path":"steps","n":40}',
    Version: "1",
  });
  expect(await types(arn)).toEqual([
    "ExecutionStarted",
    "StepStarted",
    "StepSucceeded",
    "StepStarted",
    "StepSucceeded",
    "InvocationCompleted",
    "ExecutionSucceeded",
  ]);
});

test("a wait of a day passes in a moment when the clock is moved, and not a second early", async () => {
  const arn = await begin({ path: "wait" });
  await asleep(arn, "WaitStarted");
  await lambda.clock.advance(86_400_000 - 5_000);
  expect((await get(arn)).Status).toBe("RUNNING");
  await lambda.clock.advance(5_000);
  expect(await ended(arn)).toMatchObject({ Result: '"awake"' });
  expect(await types(arn)).toEqual([
    "ExecutionStarted",
    "WaitStarted",
    "InvocationCompleted",
    "WaitSucceeded",
    "StepStarted",
    "StepSucceeded",
    "InvocationCompleted",
    "ExecutionSucceeded",
  ]);
});

test("a failed step is tried again after its delay, and each attempt is counted", async () => {
  const arn = await begin({ path: "retry" });
  await asleep(arn, "StepFailed");
  await lambda.clock.advance(3_600_000);
  await eventually(async () => (await types(arn)).filter((type) => type === "StepFailed").length === 2);
  await eventually(async () => (await types(arn)).at(-1) === "InvocationCompleted");
  await lambda.clock.advance(3_600_000);
  expect(await ended(arn)).toMatchObject({ Result: "3" });
  const attempts = (await history(arn)).flatMap(
    ({ StepFailedDetails, StepSucceededDetails }) => (StepFailedDetails ?? StepSucceededDetails)?.RetryDetails ?? [],
  );
  expect(attempts).toEqual([
    { CurrentAttempt: 1, NextAttemptDelaySeconds: 3_600 },
    { CurrentAttempt: 2, NextAttemptDelaySeconds: 3_600 },
    { CurrentAttempt: 3 },
  ]);
});

async function callbackOf(arn: string) {
  await asleep(arn, "CallbackStarted");
  return (
    (await history(arn)).find(({ EventType }) => EventType === "CallbackStarted")?.CallbackStartedDetails?.CallbackId ??
    ""
  );
}

test("a callback wakes its execution once; a second answer is refused", async () => {
  const arn = await begin({ path: "callback" });
  const CallbackId = await callbackOf(arn);
  await lambda.lambda.sendDurableExecutionCallbackSuccess({ CallbackId, Result: Buffer.from('"yes"') });
  await expect(
    lambda.lambda.sendDurableExecutionCallbackSuccess({ CallbackId, Result: Buffer.from('"no"') }),
  ).rejects.toMatchObject({ name: "CallbackTimeoutException" });
  expect(await ended(arn)).toMatchObject({ Result: expect.stringContaining("yes") });
  await expect(lambda.lambda.sendDurableExecutionCallbackHeartbeat({ CallbackId })).rejects.toMatchObject({
    name: "CallbackTimeoutException",
  });
  await expect(lambda.lambda.sendDurableExecutionCallbackHeartbeat({ CallbackId: "bm9uZQ==" })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("a callback that nobody answers times out, and so does a missed heartbeat", async () => {
  const [patient, nervous] = await Promise.all([
    begin({ path: "callback" }),
    begin({ path: "callback", heartbeat: true }),
  ]);
  const id = await callbackOf(nervous);
  await callbackOf(patient);
  await lambda.clock.advance(4 * 60_000);
  await lambda.lambda.sendDurableExecutionCallbackHeartbeat({ CallbackId: id });
  await lambda.clock.advance(4 * 60_000);
  expect((await get(nervous)).Status).toBe("RUNNING");
  await lambda.clock.advance(60_000);
  expect(await ended(nervous)).toMatchObject({ Result: expect.stringContaining("heartbeat") });
  await lambda.clock.advance(3 * 86_400_000);
  expect(await ended(patient)).toMatchObject({ Result: expect.stringContaining("Callback timed out") });
});

test("a failed execution says why, and parallel branches, conditions and invoked functions come to their results", async () => {
  expect(await ended(await begin({ path: "fail" }))).toMatchObject({
    Status: "FAILED",
    Error: { ErrorMessage: expect.stringContaining("broken") },
  });
  const parallel = await begin({ path: "parallel" });
  await asleep(parallel, "WaitStarted");
  await lambda.clock.advance(3_600_000);
  expect(await ended(parallel)).toMatchObject({ Result: "[1,2]" });
  const condition = await begin({ path: "condition" });
  for (const polls of [1, 2]) {
    await eventually(
      async () =>
        (await types(condition)).filter((type) => type === "StepSucceeded").length === polls &&
        (await types(condition)).at(-1) === "InvocationCompleted",
    );
    await lambda.clock.advance(60_000);
  }
  expect(await ended(condition)).toMatchObject({ Result: "3" });
  expect(await ended(await begin({ path: "chain" }))).toMatchObject({ Result: '{"a":40,"b":7}' });
});

test("the same name and payload is the same execution; another payload is refused", async () => {
  const [one, other] = await Promise.all([
    begin({ path: "steps", n: 1 }, "named-1"),
    begin({ path: "steps", n: 1 }, "named-1"),
  ]);
  expect(one).toBe(other);
  await ended(one);
  expect(await begin({ path: "steps", n: 1 }, "named-1")).toBe(one);
  await expect(begin({ path: "steps", n: 2 }, "named-1")).rejects.toMatchObject({
    name: "DurableExecutionAlreadyStartedException",
  });
});

test("a synchronous invocation answers with the result, and needs a qualifier", async () => {
  const { Payload, DurableExecutionArn } = await lambda.lambda.invoke({
    FunctionName: "durable:live",
    Payload: JSON.stringify({ path: "steps", n: 5 }),
  });
  expect([Buffer.from(Payload ?? []).toString(), DurableExecutionArn]).toEqual([
    "7",
    expect.stringContaining("durable-execution"),
  ]);
  await expect(lambda.lambda.invoke({ FunctionName: "durable", Payload: "{}" })).rejects.toMatchObject({
    name: "InvalidParameterValueException",
  });
});

test("stopping ends an execution at once, and stopping again changes nothing", async () => {
  const arn = await begin({ path: "callback" });
  const CallbackId = await callbackOf(arn);
  const first = await lambda.lambda.stopDurableExecution({
    DurableExecutionArn: arn,
    Error: { ErrorType: "Cancelled", ErrorMessage: "By hand." },
  });
  const second = await lambda.lambda.stopDurableExecution({ DurableExecutionArn: arn });
  expect(second.StopTimestamp).toEqual(first.StopTimestamp);
  expect(await get(arn)).toMatchObject({ Status: "STOPPED", Error: { ErrorType: "Cancelled" } });
  await expect(lambda.lambda.sendDurableExecutionCallbackSuccess({ CallbackId })).rejects.toMatchObject({
    name: "CallbackTimeoutException",
  });
});

test("lists are filtered, ordered and paged", async () => {
  const arns: string[] = [];
  for (const n of [1, 2, 3]) arns.push(await begin({ path: "steps", n }, `listed-${n}`));
  await Promise.all(arns.map(ended));
  const list = (options: object) =>
    lambda.lambda.listDurableExecutionsByFunction({ FunctionName: "durable", ...options });
  expect(
    (await list({ DurableExecutionName: "listed-2" })).DurableExecutions?.map((one) => one.DurableExecutionArn),
  ).toEqual([arns[1]]);
  expect((await list({ Statuses: ["TIMED_OUT"] })).DurableExecutions).toEqual([]);
  const seen: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await list({ MaxItems: 2, ReverseOrder: true, Qualifier: "live", ...(Marker && { Marker }) });
    seen.push(...(page.DurableExecutions ?? []).map((one) => one.DurableExecutionArn ?? ""));
    Marker = page.NextMarker;
  } while (Marker);
  expect(seen.slice(0, 3)).toEqual([...arns].reverse());
  expect(new Set(seen).size).toBe(seen.length);
});

test("a closed execution is gone after its retention", async () => {
  const arn = await begin({ path: "steps", n: 1 });
  await ended(arn);
  await lambda.clock.advance(8 * 86_400_000);
  await eventually(async () =>
    get(arn).then(
      () => false,
      (error: Error) => error.name === "ResourceNotFoundException",
    ),
  );
});
