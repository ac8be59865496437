import { afterAll, beforeAll, expect, test } from "vitest";
import { createFunction, startLambda, type TestLambda, temporaryFolder } from "../../../test/support/cloud.ts";

// A bundle has the AWS SDK only where it brings it along: this one asks by HTTP.
const NESTED = `
export const handler = async ({ depth }) => {
  if (depth === 0) return "the bottom";
  const response = await fetch(process.env.AWS_ENDPOINT_URL + "/2015-03-31/functions/nested:live/invocations", { method: "POST", body: JSON.stringify({ depth: depth - 1 }) });
  return response.json();
};
`;
const SLEEPS = `export const handler = () => new Promise((resolve) => setTimeout(resolve, 20_000, "rested"));`;

let cloud: TestLambda;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  temporary = await temporaryFolder();
  cloud = await startLambda(temporary.folder);
  await createFunction(cloud.lambda, "nested", { source: NESTED, timeout: 60 });
  await createFunction(cloud.lambda, "sleeps", { source: SLEEPS, timeout: 60 });
  await createFunction(cloud.lambda, "quick", { source: "export const handler = async () => 'at once';" });
});
afterAll(async () => {
  await cloud.close();
  await temporary.remove();
});

const invoke = async (name: string, event: object) => {
  const { Payload } = await cloud.lambda.invoke({ FunctionName: `${name}:live`, Payload: JSON.stringify(event) });
  return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown;
};

test("functions that wait for one another, more than there is room for, come to their end", async () => {
  expect(await invoke("nested", { depth: 12 })).toBe("the bottom");
}, 60_000);

test("handlers that wait for the outside hold nobody else up", async () => {
  for (let count = 0; count < 10; count += 1)
    await cloud.lambda.invoke({ FunctionName: "sleeps:live", InvocationType: "Event", Payload: "{}" });
  const rested = invoke("sleeps", {});
  const first = await Promise.race([rested, invoke("quick", {})]);
  expect(first).toBe("at once");
  await cloud.close();
  await rested.catch(() => undefined);
  cloud = await startLambda(temporary.folder);
}, 60_000);
