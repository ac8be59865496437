import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createFunction,
  eventually,
  startLambda,
  type TestLambda,
  temporaryFolder,
} from "../../../test/support/cloud.ts";
import { type ReceivedSpan, startCollector } from "../../../test/support/collector.ts";

/** A step that is tried twice, a wait, a callback, and a step inside a child context, over several invocations. */
const SOURCE = `import { z } from "zod";
import { defineContract, defineWorkflow } from "#workflow";
const contract = defineContract({
  name: "trace", title: "Trace",
  triggers: [{ kind: "queue", eventType: "longhaul.trace.requested", businessKey: "id" }],
  input: z.strictObject({ id: z.string(), fails: z.boolean() }),
  result: z.strictObject({ done: z.boolean() }),
  executionTimeoutSeconds: 3_600, retentionDays: 1, function: { memoryMb: 512, timeoutSeconds: 60 },
  reviews: {}, permissions: { read: ["trace/inputs/"], write: [], mail: false },
  budget: { operations: 50, bytes: 1_000_000 },
});
class RefusedError extends Error { name = "RefusedError"; code = "ORDER_REFUSED"; }
let tries = 0;
export const handler = defineWorkflow(contract, () => undefined, async (ctx, { id, fails }) => {
  await ctx.step("reserve", async () => { if (++tries % 2 === 1) throw new RefusedError("Ada Lovelace is not " + id); return 1; },
    { retryStrategy: () => ({ shouldRetry: true, delay: { seconds: 1 } }) });
  await ctx.wait("cool down", { seconds: 1 });
  await ctx.runInChildContext("pack", async (child) => { await child.step("wrap", async () => 1); await child.wait("dry", { seconds: 1 }); await child.step("label", async () => 2); });
  const [answer] = await ctx.createCallback("answer", { timeout: { seconds: 1 } });
  await answer.catch(() => undefined);
  if (fails) await ctx.step("settle", async () => { throw new RefusedError("Ada Lovelace owes " + id); }, { retryStrategy: () => ({ shouldRetry: false }) });
  return { done: true };
});`;

let cloud: TestLambda;
let collector: Awaited<ReturnType<typeof startCollector>>;
let remove: () => Promise<void>;
beforeAll(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  cloud = await startLambda(temporary.folder);
  collector = await startCollector();
});
afterAll(async () => {
  await cloud.close();
  await collector.close();
  await remove();
});

/** Runs the workflow to its end in a function of its own; answers how it ended, and how often it was invoked. */
async function run(name: string, environment: Record<string, string>, fails = false) {
  const FunctionName = `longhaul-${name}`;
  await createFunction(cloud.lambda, FunctionName, { source: SOURCE, durable: true, environment, external: [] });
  const { DurableExecutionArn } = await cloud.lambda.invoke({
    FunctionName,
    Qualifier: "live",
    InvocationType: "Event",
    DurableExecutionName: `${name}-1`,
    Payload: JSON.stringify({ id: "order 4711 of Ada", fails }),
  });
  const { Status, Error: error } = await eventually(async () => {
    const found = await cloud.lambda.getDurableExecution({ DurableExecutionArn, IncludeExecutionData: true });
    return found.Status !== "RUNNING" && found;
  });
  const { Events = [] } = await cloud.lambda.getDurableExecutionHistory({ DurableExecutionArn, MaxItems: 1_000 });
  const invocations = Events.filter(({ EventType }) => EventType === "InvocationCompleted").map(
    ({ InvocationCompletedDetails: told }) => Number(told?.EndTimestamp) - Number(told?.StartTimestamp),
  );
  return { status: Status, error: error?.ErrorType, events: Events.map(({ EventType }) => EventType), invocations };
}

const seen = ({ attributes, name, status }: ReceivedSpan) =>
  [name, attributes["longhaul.attempt"], status.message].filter((one) => one !== undefined).join(" ");

test("an execution is one trace over its invocations: each step, wait and callback once, under what it ran in", async () => {
  const { invocations, status } = await run("traced", {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: "x-token=secret",
    OTEL_SERVICE_NAME: "orders",
  });
  expect(status).toBe("SUCCEEDED");
  expect(invocations.length).toBeGreaterThan(3);
  const { spans, requests } = collector;
  expect(new Set(requests.map(({ path, token }) => `${path} ${token}`))).toEqual(new Set(["/v1/traces secret"]));
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
  expect(new Set(spans.map(({ resource }) => resource["service.name"]))).toEqual(new Set(["orders"]));

  const operations = spans.filter(({ name }) => name !== "invocation");
  expect(operations.map(seen).sort()).toEqual(
    [
      "reserve 1 ORDER_REFUSED",
      "reserve 2",
      "cool down",
      "pack",
      "wrap 1",
      "dry",
      "label 1",
      "trace",
      "answer Callback.Timeout",
    ].sort(),
  );
  expect(spans.filter(({ name }) => name === "invocation")).toHaveLength(invocations.length);

  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const parents = Object.fromEntries(
    spans.map((span) => [seen(span), span.parentSpanId ? byId.get(span.parentSpanId)?.name : "none"]),
  );
  expect(parents).toEqual({
    trace: "none",
    invocation: "trace",
    "reserve 1 ORDER_REFUSED": "invocation",
    "reserve 2": "invocation",
    "cool down": "trace",
    pack: "trace",
    "wrap 1": "pack",
    dry: "pack",
    "label 1": "pack",
    "answer Callback.Timeout": "trace",
  });
  const named = (name: string) => operations.find((one) => one.name === name) as ReceivedSpan;
  const [root, wait] = [named("trace"), named("cool down")];
  expect(wait.endTimeUnixNano - wait.startTimeUnixNano).toBeGreaterThanOrEqual(0.9e9);
  expect(root.startTimeUnixNano).toBeLessThanOrEqual(
    Math.min(...spans.map(({ startTimeUnixNano }) => startTimeUnixNano)),
  );
  expect(named("wrap").attributes).toEqual({
    "longhaul.workflow": "trace",
    "longhaul.version": "1",
    "longhaul.execution": "traced-1",
    "longhaul.step": "wrap",
    "longhaul.operation": "Step",
    "longhaul.attempt": 1,
  });
  expect(requests.map(({ body }) => body).join()).not.toMatch(/Ada|4711/);
});

test("a failure is told by its code, of the step and of the execution, and never by its message", async () => {
  const before = collector.spans.length;
  const { status } = await run("failing", { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint }, true);
  expect(status).toBe("FAILED");
  const spans = collector.spans.slice(before);
  const failed = spans.filter(({ name, status: { code } }) => code === 2 && ["trace", "settle"].includes(name));
  expect(failed.map(seen).sort()).toEqual(["settle 1 ORDER_REFUSED", "trace RefusedError"]);
  expect(collector.requests.map(({ body }) => body).join()).not.toMatch(/Ada|4711/);
});

test("a collector that is away or never answers changes nothing, and costs an invocation half a second at most", async () => {
  const slow = await startCollector({ slow: true });
  try {
    const [without, away, waiting] = await Promise.all([
      run("untraced", {}),
      // The port of nobody: connections are refused.
      run("away", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" }),
      run("slow", { OTEL_EXPORTER_OTLP_ENDPOINT: slow.endpoint }),
    ]);
    expect(slow.spans.length).toBeGreaterThan(0);
    expect(without).toMatchObject({ status: "SUCCEEDED" });
    for (const { status, events, invocations } of [away, waiting]) {
      expect(status).toBe("SUCCEEDED");
      expect(events.filter((type) => type !== "InvocationCompleted")).toEqual(
        without.events.filter((type) => type !== "InvocationCompleted"),
      );
      // The rest is the function's start, on a machine that does other things too.
      expect(Math.max(...invocations)).toBeLessThan(500 + 1_500);
    }
  } finally {
    await slow.close();
  }
});
