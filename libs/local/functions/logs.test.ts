import { afterAll, beforeAll, expect, test } from "vitest";
import { createFunction, startLambda, type TestLambda, temporaryFolder } from "../../../test/support/cloud.ts";
import { findTool } from "../../../test/support/tools.ts";

const SOURCE = `
import { withDurableExecution } from "@aws/durable-execution-sdk-js";
export const handler = withDurableExecution(async (event, ctx) => {
  await ctx.step("say", async () => {
    console.info("a step says", event.word);
    console.error(new Error("two\\nlines"));
    process.stdout.write(JSON.stringify({ own: "format", word: event.word }) + "\\n");
  });
  return 1;
});
`;
const CRASH = `export const handler = async () => { console.log("last words"); process.exit(1); };`;

let cloud: TestLambda;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  temporary = await temporaryFolder();
  cloud = await startLambda(temporary.folder);
  await createFunction(cloud.lambda, "talker", { source: SOURCE, durable: true });
  await createFunction(cloud.lambda, "crasher", { source: CRASH });
});
afterAll(async () => {
  await cloud.close();
  await temporary.remove();
});

interface Found {
  events: { message: string; timestamp: number; logStreamName: string; eventId: string }[];
  nextToken?: string;
}

async function ask(action: string, input: object) {
  const response = await fetch(cloud.endpoint, {
    method: "POST",
    headers: { "x-amz-target": `Logs_20140328.${action}`, "content-type": "application/x-amz-json-1.1" },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: (await response.json()) as Found & Record<string, unknown> };
}
const filter = async (input: object) => (await ask("FilterLogEvents", input)).body;

async function say(word: string) {
  const { DurableExecutionArn = "" } = await cloud.lambda.invoke({
    FunctionName: "talker:live",
    Payload: JSON.stringify({ word }),
  });
  return DurableExecutionArn;
}

test("what an invocation prints is in its log, in order, with the request id and the execution's ARN", async () => {
  const [one, other] = [await say("yes"), await say("no")];
  const { events } = await filter({ logGroupName: "/aws/lambda/talker", filterPattern: `"${one}"` });
  const messages = events.map(({ message }) => message);
  const id = /RequestId: (\S+)/.exec(messages[0] ?? "")?.[1];
  expect(messages).toEqual([
    `START RequestId: ${id} Version: 1 DurableExecutionArn: ${one}`,
    expect.stringMatching(new RegExp(`^20\\S+Z\t${id}\tINFO\ta step says yes$`)),
    expect.stringMatching(new RegExp(`^20\\S+Z\t${id}\tERROR\tError: two\rlines\r`)),
    '{"own":"format","word":"yes"}',
    `END RequestId: ${id}`,
    expect.stringMatching(new RegExp(`^REPORT RequestId: ${id} Duration: .* ms`)),
  ]);
  expect(await filter({ logGroupName: "/aws/lambda/talker", filterPattern: `"${id}"` })).toEqual(
    await filter({ logGroupName: "/aws/lambda/talker", filterPattern: `"${one}"` }),
  );
  expect(events[0]?.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[1\][0-9a-f]{32}$/);
  expect(other).not.toBe(one);
});

test("the last words before a crash are kept", async () => {
  await cloud.lambda.invoke({ FunctionName: "crasher:live", Payload: "{}" });
  const { events } = await filter({ logGroupName: "/aws/lambda/crasher" });
  expect(events.map(({ message }) => message.replace(/^.*\t/, ""))).toEqual([
    expect.stringContaining("START"),
    "last words",
    expect.stringContaining("ERROR Runtime.ExitError"),
    expect.stringContaining("END"),
    expect.stringContaining("REPORT"),
  ]);
});

test("the log is read in pages, by terms, by time and by stream", async () => {
  await say("paged");
  const group = { logGroupName: "/aws/lambda/talker" };
  const all = (await filter(group)).events;
  const seen: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await filter({ ...group, limit: 4, ...(nextToken && { nextToken }) });
    seen.push(...page.events.map(({ eventId }) => eventId));
    nextToken = page.nextToken;
  } while (nextToken);
  expect(seen).toEqual(all.map(({ eventId }) => eventId));
  const texts = async (filterPattern: string) =>
    (await filter({ ...group, filterPattern })).events.map(({ message }) => message.replace(/^.*\t/, ""));
  expect(await texts('"a step says" paged')).toEqual(["a step says paged"]);
  expect(await texts("?paged -step")).toEqual(['{"own":"format","word":"paged"}']);
  const last = all.at(-1)?.timestamp ?? 0;
  expect((await filter({ ...group, startTime: last + 1 })).events).toEqual([]);
  expect((await filter({ ...group, logStreamNames: ["none"] })).events).toEqual([]);
  expect((await ask("DescribeLogGroups", {})).body.logGroups).toMatchObject([
    { logGroupName: "/aws/lambda/crasher" },
    { logGroupName: "/aws/lambda/talker" },
  ]);
});

test.each([
  ["a group that there is not", { logGroupName: "/aws/lambda/none" }, "ResourceNotFoundException"],
  ["no group", {}, "InvalidParameterException"],
  ["an unknown member", { logGroupName: "x", entity: {} }, "InvalidParameterException"],
  [
    "a pattern of JSON",
    { logGroupName: "/aws/lambda/talker", filterPattern: "{ $.own = x }" },
    "InvalidParameterException",
  ],
  ["a token of another", { logGroupName: "/aws/lambda/talker", nextToken: "!" }, "InvalidParameterException"],
])("%s is refused in the service's shape", async (_, input, type) => {
  await say("anything");
  expect(await ask("FilterLogEvents", input)).toMatchObject({ status: 400, body: { __type: type } });
});

test("the AWS CLI reads the log with nothing but an endpoint", async (context) => {
  const aws = await findTool("aws", cloud.endpoint);
  if (!aws) return context.skip();
  await say("cli");
  const group = ["--log-group-name", "/aws/lambda/talker"];
  const stdout = await aws.run("logs", "filter-log-events", ...group, "--filter-pattern", '"says cli"');
  expect((JSON.parse(stdout) as Found).events).toMatchObject([{ message: expect.stringContaining("a step says cli") }]);
});
