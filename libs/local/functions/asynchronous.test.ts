import { afterAll, beforeAll, expect, test } from "vitest";
import { createFunction, startLambda, type TestLambda, temporaryFolder } from "../../../test/support/cloud.ts";

const DEAD = "arn:aws:sqs:eu-west-1:000000000000:dead";
const source = (good: number) => `
let tries = 0;
export const handler = async (event) => { tries += 1; console.log("try", tries, "at", new Date().toISOString()); if (tries < ${good}) throw new Error("not yet"); };
`;

let cloud: TestLambda;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  temporary = await temporaryFolder();
  cloud = await startLambda(temporary.folder, { clock: "virtual" });
  await cloud.sqs.service.handle({
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: { "x-amz-target": "AmazonSQS.CreateQueue" },
    body: Buffer.from(JSON.stringify({ QueueName: "dead" })),
  });
});
afterAll(async () => {
  await cloud.close();
  await temporary.remove();
});

/** When each try was made, in seconds after the first, by the function's own Date. */
async function tries(name: string) {
  await cloud.clock.settle();
  const response = await fetch(cloud.endpoint, {
    method: "POST",
    headers: { "x-amz-target": "Logs_20140328.FilterLogEvents" },
    body: JSON.stringify({ logGroupName: `/aws/lambda/${name}`, filterPattern: "try" }),
  });
  const { events } = (await response.json()) as { events: { message: string }[] };
  const at = events.map(({ message }) => Date.parse(message.split(" ").at(-1) ?? ""));
  return at.map((time) => (time - (at[0] ?? 0)) / 1_000);
}
const accept = (name: string) =>
  cloud.lambda.invoke({ FunctionName: `${name}:live`, InvocationType: "Event", Payload: '{"order":7}' });

test("an asynchronous invocation that fails is tried again after one minute and after two more, by the one clock", async () => {
  await createFunction(cloud.lambda, "flaky", { source: source(3), deadLetterArn: DEAD });
  expect((await accept("flaky")).StatusCode).toBe(202);
  expect(await tries("flaky")).toEqual([0]);
  await cloud.clock.advance(59_000);
  expect(await tries("flaky")).toEqual([0]);
  await cloud.clock.advance(600_000);
  expect(await tries("flaky")).toEqual([0, 60, 180]);
  expect(await cloud.sqs.port.receive(DEAD, 10)).toEqual([]);
});

test("after the third failure its event is in the dead-letter queue, with why, and it is not tried again", async () => {
  await createFunction(cloud.lambda, "broken", { source: source(99), deadLetterArn: DEAD });
  await accept("broken");
  await cloud.clock.settle();
  await cloud.clock.advance(86_400_000);
  expect(await tries("broken")).toEqual([0, 60, 180]);
  expect(await cloud.sqs.port.receive(DEAD, 10)).toMatchObject([
    {
      body: '{"order":7}',
      messageAttributes: {
        ErrorMessage: { stringValue: "not yet" },
        ErrorCode: { stringValue: "200" },
        RequestID: { stringValue: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      },
    },
  ]);
});

test("what was accepted is on disk: it goes on, with its retries, after the cloud was restarted", async () => {
  await createFunction(cloud.lambda, "resumed", { source: source(99) });
  await accept("resumed");
  expect(await tries("resumed")).toEqual([0]);
  await cloud.close();
  cloud = await startLambda(temporary.folder, { clock: "virtual" });
  await cloud.clock.advance(86_400_000);
  expect(await tries("resumed")).toEqual([0, 60, 180]);
});

test("an event over 1 MB, or one that is no JSON, is not accepted", async () => {
  const send = (Payload: string) =>
    cloud.lambda.invoke({ FunctionName: "flaky:live", InvocationType: "Event", Payload });
  await expect(send(JSON.stringify("x".repeat(1024 * 1024 - 1)))).rejects.toMatchObject({
    name: "RequestTooLargeException",
  });
  await expect(send("{")).rejects.toMatchObject({ name: "InvalidRequestContentException" });
});
