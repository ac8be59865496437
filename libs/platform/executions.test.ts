import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startExecution } from "./executions.ts";

let asked = 0;
let refusals = 0;
/** Lambda over its rate: refuses so many starts, then takes one. */
const server = createServer((request, response) => {
  request.resume().once("end", () => {
    asked += 1;
    if (asked > refusals) return response.writeHead(202, { "x-amz-durable-execution-arn": "arn:one" }).end();
    response.writeHead(429, { "x-amzn-errortype": "TooManyRequestsException" }).end('{"message":"Rate exceeded"}');
  });
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
});
beforeEach(() => {
  asked = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const target = { functionName: "longhaul-training", qualifier: "live", name: "training-1", input: {} };

test("who starts many outlasts a service that refuses for its rate", async () => {
  refusals = 3;
  expect(await startExecution(target, { patient: true })).toEqual({ started: true, arn: "arn:one" });
  expect(asked).toBe(4);
});

test("who waits for the answer is told after three attempts", async () => {
  refusals = 3;
  await expect(startExecution(target)).rejects.toMatchObject({ name: "TooManyRequestsException" });
  expect(asked).toBe(3);
});
