import {
  CloudDurableTestRunner,
  type DurableOperation,
  type DurableTestRunner,
  LocalDurableTestRunner,
} from "@aws/durable-execution-sdk-js-testing";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFunction, startLambda, type TestLambda, temporaryFolder } from "../support/cloud.ts";
import { callee, handlerOf, type WorkflowName, workflowNames } from "./workflows.ts";

const INPUT = { n: 4 };

let cloud: TestLambda;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  temporary = await temporaryFolder();
  cloud = await startLambda(temporary.folder);
  const source = (handler: string) =>
    `import { callee, handlerOf } from "./test/parity/workflows.ts"; export const handler = ${handler};`;
  for (const name of workflowNames)
    await createFunction(cloud.lambda, name, { source: source(`handlerOf("${name}")`), durable: true });
  await createFunction(cloud.lambda, "callee", { source: source("callee"), durable: true });
  // What any user of AWS's runner sets, and nothing else.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
});
afterAll(async () => {
  await LocalDurableTestRunner.teardownTestEnvironment();
  await cloud.close();
  await temporary.remove();
});

const runners: Record<"ours" | "aws", (name: WorkflowName) => DurableTestRunner<DurableOperation, unknown>> = {
  ours: (name) =>
    new CloudDurableTestRunner({
      functionName: `${name}:live`,
      client: new LambdaClient({}),
      config: { pollInterval: 20 },
    }),
  aws: (name) =>
    new LocalDurableTestRunner({ handlerFunction: handlerOf(name) }).registerDurableFunction("callee:live", callee),
};

/** A run as two engines must agree on it: each event's type, name and subtype in order, and how it ended. */
async function signature(runner: DurableTestRunner<DurableOperation, unknown>) {
  const run = await runner.run({ payload: INPUT });
  const events = run.getHistoryEvents().map(({ EventType, Name, SubType, Id }) => {
    // The execution's own name and id are the engine's to choose.
    const isOwn = EventType?.startsWith("Execution");
    return [EventType, isOwn ? "" : (Name ?? ""), SubType ?? "", isOwn ? "" : (Id ?? "")].join(" ").trim();
  });
  const status = run.getStatus();
  const { errorType } = status === "FAILED" ? run.getError() : { errorType: undefined };
  return { status, errorType, result: status === "SUCCEEDED" ? run.getResult() : undefined, events };
}

test.concurrent.each(workflowNames)(
  "%s: the same history as on AWS's own local runner, event by event",
  async (name) => {
    const ours = await signature(runners.ours(name));
    const theirs = await signature(runners.aws(name));
    expect(ours).toEqual(theirs);
    expect(ours.events.length).toBeGreaterThan(2);
  },
);
