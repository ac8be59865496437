import { afterEach, beforeEach, expect, test } from "vitest";
import type { Contract } from "#workflow";
import {
  createFunction,
  eventually,
  startLambda,
  type TestLambda,
  temporaryFolder,
  zipOf,
} from "../../test/support/cloud.ts";
import { removable, versionStates } from "./executions.ts";

const SLEEPS = `import { withDurableExecution } from "@aws/durable-execution-sdk-js";
export const handler = withDurableExecution(async (event, ctx) => { await ctx.wait({ days: 7 }); return event; });`;

const contract = { name: "naps" } as Contract;
const FunctionName = "longhaul-naps";

let cloud: TestLambda;
let remove: () => Promise<void>;
beforeEach(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  cloud = await startLambda(temporary.folder);
});
afterEach(async () => {
  await cloud.close();
  await remove();
});

test("executions that sleep are counted on the version that they started on, and hold it", async () => {
  const { lambda } = cloud;
  await createFunction(lambda, FunctionName, { source: SLEEPS, durable: true });
  for (const name of ["one", "two"])
    await lambda.invoke({
      FunctionName,
      Qualifier: "live",
      InvocationType: "Event",
      DurableExecutionName: name,
      Payload: "{}",
    });
  await lambda.updateFunctionCode({ FunctionName, ZipFile: await zipOf(SLEEPS.replace("days: 7", "days: 8")) });
  await lambda.publishVersion({ FunctionName });
  await lambda.updateAlias({ FunctionName, Name: "live", FunctionVersion: "2" });

  const states = await eventually(async () => {
    const now = await versionStates(lambda, contract);
    return now.some(({ open }) => open === 2) && now;
  });
  expect(states).toEqual([
    { version: "2", open: 0, share: 1 },
    { version: "1", open: 2, share: 0 },
  ]);
  expect(removable(states, 0)).toEqual([]);
});

test("a workflow that is not deployed has no versions", async () => {
  expect(await versionStates(cloud.lambda, { name: "nowhere" } as Contract)).toEqual([]);
});

test("an old version can go once nothing is open on it, but for the newest few", () => {
  const state = (version: string, open: number, share: number) => ({ version, open, share });
  const states = [state("5", 1, 0.1), state("4", 3, 0.9), state("3", 0, 0), state("2", 4, 0), state("1", 0, 0)];
  expect(removable(states, 2).map(({ version }) => version)).toEqual(["3", "1"]);
  expect(removable(states, 3).map(({ version }) => version)).toEqual(["1"]);
});
