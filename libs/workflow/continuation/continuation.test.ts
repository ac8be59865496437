import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createFunction,
  eventually,
  startLambda,
  type TestLambda,
  temporaryFolder,
} from "../../../test/support/cloud.ts";
import { nameOfPart } from "./part.ts";

/** Counts steps, of which there are more than one execution may have. */
const SOURCE = `import { z } from "zod";
import { continueAs, continuedState, defineContract, defineWorkflow, hasRoom } from "#workflow";
const contract = defineContract({
  name: "count", title: "Count",
  triggers: [{ kind: "queue", eventType: "longhaul.count.requested", businessKey: "id" }],
  input: z.strictObject({ id: z.string(), steps: z.int() }),
  result: z.strictObject({ sum: z.int() }),
  executionTimeoutSeconds: 3_600, retentionDays: 1, function: { memoryMb: 512, timeoutSeconds: 60 },
  reviews: {}, permissions: { read: ["count/inputs/"], write: [], mail: false },
  continues: true,
  budget: { operations: 3_000, bytes: 1_000_000 },
});
const AT_ONCE = 700;
export const handler = defineWorkflow(contract, () => undefined, async (ctx, { steps: count }) => {
  let { done, sum } = continuedState(ctx, z.strictObject({ done: z.int(), sum: z.int() })) ?? { done: 0, sum: 0 };
  while (done < count) {
    const next = Math.min(AT_ONCE, count - done);
    if (!(await hasRoom(ctx, "steps from " + done, { operations: next, bytes: 10_000 }))) return continueAs(ctx, { done, sum });
    const steps = Array.from({ length: next }, (_, index) => ctx.step("step " + (done + index), async () => 1));
    sum += (await Promise.all(steps)).length;
    done += next;
  }
  return { sum };
});`;

let cloud: TestLambda;
let remove: () => Promise<void>;
beforeAll(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  cloud = await startLambda(temporary.folder);
  await createFunction(cloud.lambda, "longhaul-count", { source: SOURCE, durable: true, timeout: 60, external: [] });
});
afterAll(async () => {
  await cloud.close();
  await remove();
});

const all = async () =>
  (await cloud.lambda.listDurableExecutionsByFunction({ FunctionName: "longhaul-count" })).DurableExecutions ?? [];
const read = async (name: string) => {
  const found = (await all()).find(({ DurableExecutionName }) => DurableExecutionName === name);
  const { DurableExecutionArn } = found ?? {};
  return cloud.lambda.getDurableExecution({ DurableExecutionArn, IncludeExecutionData: true });
};

test("a workflow that outgrows 3,000 operations goes on as a new execution, linked both ways, and comes to the whole result", async () => {
  const Payload = JSON.stringify({ id: "1", steps: 3_300 });
  const start = () =>
    cloud.lambda.invoke({
      FunctionName: "longhaul-count",
      Qualifier: "live",
      InvocationType: "Event",
      DurableExecutionName: "count-1",
      Payload,
    });
  await start();
  await eventually(async () => (await all()).filter(({ Status }) => Status === "SUCCEEDED").length === 2);
  const [first, second] = [await read("count-1"), await read("count-1-c2")];
  expect(JSON.parse(first.Result ?? "")).toEqual({ continuedAs: { execution: "count-1-c2", part: 2 } });
  expect(JSON.parse(second.InputPayload ?? "")).toEqual({
    continues: { first: "count-1", of: "count-1", part: 2 },
    input: JSON.parse(Payload),
    state: { done: 2_800, sum: 2_800 },
  });
  expect(JSON.parse(second.Result ?? "")).toEqual({ sum: 3_300 });
  // The message again: the first one is known, and so is what continues it.
  await start();
  expect(await all()).toHaveLength(2);
});

test("a part's name fits the service's bound, and is the same each time", () => {
  expect(nameOfPart("onboarding-1", 2)).toBe("onboarding-1-c2");
  const long = nameOfPart("x".repeat(64), 12);
  expect(long).toMatch(/^[0-9a-f]{40}-c12$/);
  expect(nameOfPart("x".repeat(64), 12)).toBe(long);
});
