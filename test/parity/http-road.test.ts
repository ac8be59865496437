import { afterAll, beforeAll, expect, test } from "vitest";
import { createFunction, eventually, startLambda, type TestLambda, temporaryFolder } from "../support/cloud.ts";
import type { WorkflowName } from "./workflows.ts";

// A worker's checkpoints go to the engine by its socket. Here the SDK is kept from noticing and goes by HTTP, as in AWS.
const byHttp = (name: WorkflowName) => `
import { handlerOf } from "./test/parity/workflows.ts";
const workflow = handlerOf("${name}");
export const handler = ({ DurableExecutionArn, CheckpointToken, InitialExecutionState, UpdatedOperationIds }, context) =>
  workflow({ DurableExecutionArn, CheckpointToken, InitialExecutionState, UpdatedOperationIds }, context);
`;
const bySocket = (name: WorkflowName) =>
  `import { handlerOf } from "./test/parity/workflows.ts"; export const handler = handlerOf("${name}");`;
const NAMES: WorkflowName[] = ["steps", "waits", "failedChild", "mapped", "polled", "timedOut"];

let cloud: TestLambda;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
let checkpointsByHttp = 0;
beforeAll(async () => {
  temporary = await temporaryFolder();
  cloud = await startLambda(temporary.folder, {
    clock: "virtual",
    // A fault switch that only looks.
    faults: {
      answer: ({ path, road }) => {
        if (road === "http" && path.endsWith("/checkpoint")) checkpointsByHttp += 1;
        return undefined;
      },
    },
  });
  for (const name of NAMES) {
    await createFunction(cloud.lambda, `http-${name}`, { source: byHttp(name), durable: true, external: [] });
    await createFunction(cloud.lambda, `socket-${name}`, { source: bySocket(name), durable: true });
  }
}, 60_000);
afterAll(async () => {
  await cloud.close();
  await temporary.remove();
});

async function run(name: string) {
  const { DurableExecutionArn = "" } = await cloud.lambda.invoke({
    FunctionName: `${name}:live`,
    InvocationType: "Event",
    Payload: '{"n":4}',
  });
  const execution = await eventually(async () => {
    await cloud.clock.settle();
    await cloud.clock.advance(1_000);
    const now = await cloud.lambda.getDurableExecution({ DurableExecutionArn, IncludeExecutionData: true });
    return now.Status !== "RUNNING" && now;
  });
  const { Events = [] } = await cloud.lambda.getDurableExecutionHistory({ DurableExecutionArn });
  const events = Events.map(({ EventType, Name = "" }) =>
    EventType?.startsWith("Execution") ? EventType : `${EventType} ${Name}`,
  );
  return { status: execution.Status, result: execution.Result, events };
}

test.each(NAMES)("%s comes to the same by HTTP as by the worker's socket", async (name) => {
  const before = checkpointsByHttp;
  const socket = await run(`socket-${name}`);
  expect(checkpointsByHttp).toBe(before);
  expect(await run(`http-${name}`)).toEqual(socket);
  expect(checkpointsByHttp).toBeGreaterThan(before);
  expect(socket.status).toBe("SUCCEEDED");
});
