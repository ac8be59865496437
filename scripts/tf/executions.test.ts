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
import { removeVersion } from "../history/versions.ts";
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
  for (const name of ["one", "two"]) {
    const before = Date.now();
    // The two do not start within the same millisecond.
    await eventually(async () => Date.now() > before);
    await lambda.invoke({
      FunctionName,
      Qualifier: "live",
      InvocationType: "Event",
      DurableExecutionName: name,
      Payload: "{}",
    });
  }
  await lambda.updateFunctionCode({ FunctionName, ZipFile: await zipOf(SLEEPS.replace("days: 7", "days: 8")) });
  await lambda.publishVersion({ FunctionName });
  await lambda.updateAlias({ FunctionName, Name: "live", FunctionVersion: "2" });

  const states = await eventually(async () => {
    const now = await versionStates(lambda, contract);
    return now.some(({ open }) => open === 2) && now;
  });
  expect(states).toEqual([
    { version: "2", open: 0, share: 1, oldest: null },
    { version: "1", open: 2, share: 0, oldest: { execution: "one", startedAt: expect.any(String) } },
  ]);
  expect(removable(states, 0)).toEqual([]);

  await expect(removeVersion(lambda, contract, "1")).rejects.toThrow(/open on it: 2, the oldest one since/);
  await expect(removeVersion(lambda, contract, "2")).rejects.toThrow(/takes 100 % of the new ones/);
  await expect(removeVersion(lambda, contract, "7")).rejects.toThrow(/no version 7/);
  // Not by our own word alone.
  await expect(lambda.deleteFunction({ FunctionName, Qualifier: "1" })).rejects.toMatchObject({
    name: "ResourceConflictException",
  });
  const { DurableExecutions = [] } = await lambda.listDurableExecutionsByFunction({ FunctionName });
  for (const { DurableExecutionArn } of DurableExecutions) await lambda.stopDurableExecution({ DurableExecutionArn });
  await removeVersion(lambda, contract, "1");
  expect((await versionStates(lambda, contract)).map(({ version }) => version)).toEqual(["2"]);
});

test("a workflow that is not deployed has no versions", async () => {
  expect(await versionStates(cloud.lambda, { name: "nowhere" } as Contract)).toEqual([]);
});

test("an old version can go once nothing is open on it, but for the newest few", () => {
  const state = (version: string, open: number, share: number) => ({ version, open, share, oldest: null });
  const states = [state("5", 1, 0.1), state("4", 3, 0.9), state("3", 0, 0), state("2", 4, 0), state("1", 0, 0)];
  expect(removable(states, 2).map(({ version }) => version)).toEqual(["3", "1"]);
  expect(removable(states, 3).map(({ version }) => version)).toEqual(["1"]);
});
