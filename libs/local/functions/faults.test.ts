import { afterEach, expect, test } from "vitest";
import {
  createFunction,
  eventually,
  startLambda,
  type TestLambda,
  temporaryFolder,
} from "../../../test/support/cloud.ts";
import type { Fault, Faults } from "../core/faults.ts";

const SOURCE = `
import { withDurableExecution } from "@aws/durable-execution-sdk-js";
export const handler = withDurableExecution(async (event, ctx) => {
  const one = await ctx.step("one", async () => { console.log("effect one"); return 1; });
  const two = await ctx.step("two", async () => { console.log("effect two"); return 2; });
  return one + two;
});
`;

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function cloudWith(faults: Faults): Promise<TestLambda> {
  const temporary = await temporaryFolder();
  const cloud = await startLambda(temporary.folder, { faults });
  open.push(temporary.remove, cloud.close);
  await createFunction(cloud.lambda, "workflow", { source: SOURCE, durable: true });
  return cloud;
}
const run = async (cloud: TestLambda) => {
  const { Payload, DurableExecutionArn = "" } = await cloud.lambda.invoke({ FunctionName: "workflow:live" });
  return { result: Buffer.from(Payload ?? []).toString(), arn: DurableExecutionArn };
};
const types = async (cloud: TestLambda, DurableExecutionArn: string) =>
  ((await cloud.lambda.getDurableExecutionHistory({ DurableExecutionArn })).Events ?? []).map(
    ({ EventType }) => EventType,
  );
/** Gives the fault to the first request that matches. */
const once = (fault: Fault, path: RegExp): Faults => {
  let given = false;
  return {
    answer: (request) => {
      if (given || !path.test(request.path)) return undefined;
      given = true;
      return fault;
    },
  };
};

test.each([
  ["delayed", { delayMs: 50 } as Fault],
  ["lost", "drop" as Fault],
  ["to a request that was made twice", "repeat" as Fault],
])(
  "a checkpoint's answer that is %s changes nothing about the result, and no event is doubled",
  async (_, fault) => {
    const cloud = await cloudWith(once(fault, /\/checkpoint$/));
    const { result, arn } = await run(cloud);
    expect(result).toBe("3");
    const all = await types(cloud, arn);
    expect(all.filter((type) => type === "StepSucceeded")).toHaveLength(2);
    expect(all.at(-1)).toBe("ExecutionSucceeded");
  },
  30_000,
);

test("a worker that is killed after its nth checkpoint is replaced, and goes on from there", async () => {
  const killed: number[] = [];
  const cloud = await cloudWith({
    killWorker: ({ count }) => {
      const isNow = killed.length < 2 && count === 1;
      if (isNow) killed.push(count);
      return isNow;
    },
  });
  const { result, arn } = await run(cloud);
  expect(result).toBe("3");
  const all = await types(cloud, arn);
  expect(all.filter((type) => type === "InvocationCompleted")).toHaveLength(3);
  expect(killed).toEqual([1, 1]);
});

test("an answer that is lost on the way to a client was carried out all the same", async () => {
  const cloud = await cloudWith(once("drop", /\/invocations$/));
  const start = () =>
    cloud.lambda.invoke({ FunctionName: "workflow:live", InvocationType: "Event", DurableExecutionName: "lost" });
  await expect(start()).rejects.toThrow();
  const { DurableExecutionArn = "" } = await start();
  await eventually(async () => (await types(cloud, DurableExecutionArn)).includes("ExecutionSucceeded"));
  const { DurableExecutions } = await cloud.lambda.listDurableExecutionsByFunction({ FunctionName: "workflow" });
  expect(DurableExecutions).toHaveLength(1);
});
