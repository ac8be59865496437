import { EventBridge } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually, startLambda, type TestLambda, temporaryFolder } from "../../../test/support/cloud.ts";
import { place } from "../../../test/support/lambda-server.ts";

const QUEUE = `arn:aws:sqs:${place.region}:${place.account}:events`;
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

let cloud: TestLambda;
let bus: EventBridge;
let remove: () => Promise<void>;
beforeAll(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  cloud = await startLambda(temporary.folder);
  bus = new EventBridge({ endpoint: cloud.endpoint, region: place.region, credentials, maxAttempts: 1 });
  await fetch(cloud.endpoint, {
    method: "POST",
    headers: { "x-amz-target": "AmazonSQS.CreateQueue", "content-type": "application/x-amz-json-1.0" },
    body: JSON.stringify({ QueueName: "events" }),
  });
  await bus.putRule({
    Name: "ends",
    EventPattern: JSON.stringify({
      source: ["aws.lambda"],
      detail: { status: ["STOPPED", "FAILED"], function: [{ prefix: "longhaul-" }] },
    }),
  });
  await bus.putTargets({ Rule: "ends", Targets: [{ Id: "queue", Arn: QUEUE }] });
});
afterAll(async () => {
  bus.destroy();
  await cloud.close();
  await remove();
});

const put = (detail: object, Source = "aws.lambda") =>
  bus.putEvents({
    Entries: [{ Source, DetailType: "Change", Detail: JSON.stringify(detail), Resources: ["arn:one"] }],
  });

test("an event that a rule's pattern takes goes to the rule's queue, in the service's envelope; others do not", async () => {
  await put({ status: "RUNNING", function: "longhaul-one" });
  await put({ status: "STOPPED", function: "another" });
  await put({ status: "STOPPED", function: "longhaul-one" }, "mine");
  await put({ status: "STOPPED", function: "longhaul-one" });
  const [message] = await eventually(async () => {
    const messages = await cloud.sqs.port.receive(QUEUE, 10);
    return messages.length > 0 && messages;
  });
  expect(JSON.parse(message?.body ?? "")).toEqual({
    version: "0",
    id: expect.any(String),
    "detail-type": "Change",
    source: "aws.lambda",
    account: place.account,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: place.region,
    resources: ["arn:one"],
    detail: { status: "STOPPED", function: "longhaul-one" },
  });
  expect(await cloud.sqs.port.receive(QUEUE, 10)).toEqual([]);
});

test("a pattern that is not known here is refused with the service's error, and so is a target of a rule that is not there", async () => {
  const EventPattern = JSON.stringify({ detail: { size: [{ numeric: [">", 1] }] } });
  await expect(bus.putRule({ Name: "other", EventPattern })).rejects.toThrow("Event pattern is not valid");
  await expect(bus.putTargets({ Rule: "none", Targets: [{ Id: "a", Arn: QUEUE }] })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
