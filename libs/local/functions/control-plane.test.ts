import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createFunction,
  eventually,
  startLambda,
  type TestLambda,
  temporaryFolder,
  zipOf,
} from "../../../test/support/cloud.ts";

const durableOf = (result: string) => `
import { withDurableExecution } from "@aws/durable-execution-sdk-js";
export const handler = withDurableExecution(async (event, ctx) => { await ctx.wait("sleep", { hours: 1 }); return ${JSON.stringify(result)}; });
`;
const plainOf = (result: string) => `export const handler = async () => ${JSON.stringify(result)};`;

let cloud: TestLambda;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  temporary = await temporaryFolder();
  cloud = await startLambda(temporary.folder, { clock: "virtual" });
});
afterAll(async () => {
  await cloud.close();
  await temporary.remove();
});

const start = async (name: string) =>
  (await cloud.lambda.invoke({ FunctionName: `${name}:live`, InvocationType: "Event", Payload: "{}" }))
    .DurableExecutionArn ?? "";
const result = async (arn: string) =>
  (await cloud.lambda.getDurableExecution({ DurableExecutionArn: arn, IncludeExecutionData: true })).Result;
async function deploy(name: string, source: string) {
  await cloud.lambda.updateFunctionCode({ FunctionName: name, ZipFile: await zipOf(source) });
  const { Version } = await cloud.lambda.publishVersion({ FunctionName: name });
  await cloud.lambda.updateAlias({ FunctionName: name, Name: "live", FunctionVersion: Version });
  return Version;
}

test("a function is made, changed, published and read, each version for ever as it was", async () => {
  await createFunction(cloud.lambda, "plain", { source: plainOf("one"), environment: { A: "1" } });
  const first = await cloud.lambda.getFunction({ FunctionName: "plain:live" });
  expect(first.Configuration).toMatchObject({
    FunctionName: "plain",
    FunctionArn: "arn:aws:lambda:eu-west-1:000000000000:function:plain:1",
    Version: "1",
    State: "Active",
    LastUpdateStatus: "Successful",
    Environment: { Variables: { A: "1" } },
  });
  expect((await cloud.lambda.publishVersion({ FunctionName: "plain" })).Version).toBe("1");
  await cloud.lambda.updateFunctionConfiguration({ FunctionName: "plain", Timeout: 7, MemorySize: 256 });
  expect(await deploy("plain", plainOf("two"))).toBe("2");
  const { Configuration } = await cloud.lambda.getFunction({ FunctionName: "plain", Qualifier: "2" });
  expect(Configuration).toMatchObject({ Timeout: 7, MemorySize: 256, Environment: { Variables: { A: "1" } } });
  expect(Configuration?.CodeSha256).not.toBe(first.Configuration?.CodeSha256);
  const old = await cloud.lambda.getFunctionConfiguration({ FunctionName: "plain", Qualifier: "1" });
  expect(old).toMatchObject({ Timeout: 10, CodeSha256: first.Configuration?.CodeSha256 });
  const call = async (Qualifier: string) =>
    JSON.parse(Buffer.from((await cloud.lambda.invoke({ FunctionName: "plain", Qualifier })).Payload ?? []).toString());
  expect(await Promise.all(["1", "2", "live", "$LATEST"].map(call))).toEqual(["one", "two", "two", "two"]);
  await expect(
    cloud.lambda.publishVersion({ FunctionName: "plain", CodeSha256: first.Configuration?.CodeSha256 }),
  ).rejects.toMatchObject({ name: "InvalidParameterValueException" });
});

test("lists come in pages, whose markers hold while the list changes", async () => {
  const name = (index: number) => `listed-${index}`;
  const ZipFile = await zipOf(plainOf("listed"));
  const made = {
    Handler: "index.handler",
    Runtime: "nodejs24.x" as const,
    Role: "arn:aws:iam::000000000000:role/test",
  };
  for (const index of [1, 2, 3, 4])
    await cloud.lambda.createFunction({ FunctionName: name(index), ...made, Code: { ZipFile } });
  const listed = async (Marker?: string) => {
    const { Functions = [], NextMarker } = await cloud.lambda.listFunctions({ MaxItems: 2, ...(Marker && { Marker }) });
    return { names: Functions.map(({ FunctionName }) => FunctionName), NextMarker };
  };
  const seen: unknown[] = [];
  let marker: string | undefined;
  do {
    const { names, NextMarker } = await listed(marker);
    seen.push(...names);
    marker = NextMarker;
    if (seen.length === 2) await cloud.lambda.createFunction({ FunctionName: "later", ...made, Code: { ZipFile } });
  } while (marker);
  expect(seen.filter((one) => String(one).startsWith("listed-"))).toEqual([1, 2, 3, 4].map(name));
  expect(new Set(seen).size).toBe(seen.length);

  for (const value of ["a", "b", "c"]) {
    await cloud.lambda.updateFunctionConfiguration({ FunctionName: "listed-1", Environment: { Variables: { value } } });
    await cloud.lambda.publishVersion({ FunctionName: "listed-1" });
    await cloud.lambda.createAlias({ FunctionName: "listed-1", Name: `alias-${value}`, FunctionVersion: "1" });
  }
  const versions = await cloud.lambda.listVersionsByFunction({ FunctionName: "listed-1", MaxItems: 3 });
  expect(versions.Versions?.map(({ Version }) => Version)).toEqual(["$LATEST", "1", "2"]);
  const rest = await cloud.lambda.listVersionsByFunction({ FunctionName: "listed-1", Marker: versions.NextMarker });
  expect(rest.Versions?.map(({ Version }) => Version)).toEqual(["3"]);
  const aliases = await cloud.lambda.listAliases({ FunctionName: "listed-1", FunctionVersion: "1", MaxItems: 2 });
  expect(aliases.Aliases?.map(({ Name }) => Name)).toEqual(["alias-a", "alias-b"]);
  expect(
    (await cloud.lambda.listAliases({ FunctionName: "listed-1", Marker: aliases.NextMarker })).Aliases,
  ).toMatchObject([{ Name: "alias-c", FunctionVersion: "1" }]);
  await expect(cloud.lambda.listFunctions({ Marker: "bm9uZQ" })).rejects.toMatchObject({
    name: "InvalidParameterValueException",
  });
});

test("a deploy while a thousand sleep changes nothing for them: each goes on with the version that it started on", async () => {
  await createFunction(cloud.lambda, "sleeper", { source: durableOf("old"), durable: true });
  const old = await Promise.all(Array.from({ length: 1_000 }, () => start("sleeper")));
  await cloud.clock.settle();
  expect(await deploy("sleeper", durableOf("new"))).toBe("2");
  const fresh = await start("sleeper");
  await cloud.clock.settle();
  await cloud.clock.advance(3_600_000);
  await cloud.clock.settle();
  expect(new Set(await Promise.all(old.map(result)))).toEqual(new Set(['"old"']));
  expect(await result(fresh)).toBe('"new"');
  const { DurableExecutions = [] } = await cloud.lambda.listDurableExecutionsByFunction({
    FunctionName: "sleeper",
    Qualifier: "1",
    MaxItems: 1_000,
  });
  expect(new Set(DurableExecutions.map(({ FunctionArn }) => FunctionArn))).toEqual(
    new Set(["arn:aws:lambda:eu-west-1:000000000000:function:sleeper:1"]),
  );
}, 60_000);

test("deleting what still has runs is refused and says how many; forced, it stops them first", async () => {
  await createFunction(cloud.lambda, "doomed", { source: durableOf("old"), durable: true });
  const arns = [await start("doomed"), await start("doomed")];
  expect(await deploy("doomed", durableOf("new"))).toBe("2");
  const other = await start("doomed");
  await expect(cloud.lambda.deleteFunction({ FunctionName: "doomed" })).rejects.toMatchObject({
    name: "ResourceConflictException",
    message: expect.stringContaining("3 running durable executions"),
  });
  await expect(cloud.lambda.deleteFunction({ FunctionName: "doomed", Qualifier: "1" })).rejects.toMatchObject({
    message: expect.stringMatching(/doomed:1 has 2 running.*DELETE \/_longhaul\/functions\/doomed/),
  });
  await expect(cloud.lambda.deleteFunction({ FunctionName: "doomed", Qualifier: "2" })).rejects.toMatchObject({
    message: expect.stringContaining("alias live points to version 2"),
  });
  const force = async (path: string) => {
    const response = await fetch(`${cloud.endpoint}/_longhaul/functions/${path}`, { method: "DELETE" });
    return { status: response.status, body: await response.json() };
  };
  expect(await force("doomed?Qualifier=1")).toEqual({ status: 200, body: { deleted: "doomed:1", stopped: 2 } });
  for (const arn of arns)
    expect(await cloud.lambda.getDurableExecution({ DurableExecutionArn: arn })).toMatchObject({ Status: "STOPPED" });
  expect((await cloud.lambda.getDurableExecution({ DurableExecutionArn: other })).Status).toBe("RUNNING");
  expect(await force("doomed")).toEqual({ status: 200, body: { deleted: "doomed", stopped: 1 } });
  expect((await force("doomed")).status).toBe(404);
});

test("reserved concurrency: a synchronous call over it is refused, what may wait is served in its turn", async () => {
  const source = `export const handler = async () => { await new Promise((resolve) => setTimeout(resolve, 150)); return "served"; };`;
  await createFunction(cloud.lambda, "narrow", { source });
  await cloud.lambda.putFunctionConcurrency({ FunctionName: "narrow", ReservedConcurrentExecutions: 1 });
  expect((await cloud.lambda.getFunction({ FunctionName: "narrow" })).Concurrency).toEqual({
    ReservedConcurrentExecutions: 1,
  });
  const call = () =>
    cloud.lambda.invoke({ FunctionName: "narrow:live" }).then(
      ({ Payload }) => Buffer.from(Payload ?? []).toString(),
      (error: Error) => error.name,
    );
  expect((await Promise.all([call(), call(), call()])).sort()).toEqual([
    '"served"',
    "TooManyRequestsException",
    "TooManyRequestsException",
  ]);
  await Promise.all([1, 2].map(() => cloud.lambda.invoke({ FunctionName: "narrow:live", InvocationType: "Event" })));
  await cloud.clock.settle();
  const log = await fetch(cloud.endpoint, {
    method: "POST",
    headers: { "x-amz-target": "Logs_20140328.FilterLogEvents" },
    body: JSON.stringify({ logGroupName: "/aws/lambda/narrow", filterPattern: "?START ?END" }),
  });
  const { events } = (await log.json()) as { events: { message: string }[] };
  expect(events.map(({ message }) => message.split(" ")[0])).toEqual(["START", "END", "START", "END", "START", "END"]);
  await cloud.lambda.putFunctionConcurrency({ FunctionName: "narrow", ReservedConcurrentExecutions: 0 });
  expect(await call()).toBe("TooManyRequestsException");
  await cloud.lambda.deleteFunctionConcurrency({ FunctionName: "narrow" });
  expect(await call()).toBe('"served"');
  expect(await cloud.lambda.getFunctionConcurrency({ FunctionName: "narrow" })).not.toHaveProperty(
    "ReservedConcurrentExecutions",
  );
});

test("durable execution is switched on at creation only, and an unqualified start is refused", async () => {
  await expect(
    cloud.lambda.updateFunctionConfiguration({ FunctionName: "plain", DurableConfig: { ExecutionTimeout: 60 } }),
  ).rejects.toMatchObject({ name: "InvalidParameterValueException" });
  await cloud.lambda.updateFunctionConfiguration({ FunctionName: "sleeper", DurableConfig: { ExecutionTimeout: 60 } });
  expect((await cloud.lambda.getFunctionConfiguration({ FunctionName: "sleeper" })).DurableConfig).toMatchObject({
    ExecutionTimeout: 60,
  });
  await expect(cloud.lambda.invoke({ FunctionName: "sleeper", Payload: "{}" })).rejects.toMatchObject({
    name: "InvalidParameterValueException",
  });
});

test.each([
  ["an unknown member", { Layers: ["arn"] }, /Layers/],
  ["a runtime that there is not", { Runtime: "python3.13" }, /Runtime/],
  ["a handler outside the bundle", { Handler: "../index.handler" }, /Handler/],
  ["a timeout of 16 minutes", { Timeout: 960 }, /Timeout/],
])("%s is refused by name", async (_, change, message) => {
  const ZipFile = await zipOf(plainOf("x"));
  await expect(
    cloud.lambda.createFunction({
      FunctionName: "refused",
      Handler: "index.handler",
      Runtime: "nodejs24.x",
      Role: "arn:aws:iam::000000000000:role/test",
      Code: { ZipFile },
      ...(change as object),
    }),
  ).rejects.toMatchObject({ name: "InvalidParameterValueException", message: expect.stringMatching(message) });
});

test("an alias points to a version that there is", async () => {
  await expect(
    cloud.lambda.createAlias({ FunctionName: "plain", Name: "ghost", FunctionVersion: "99" }),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await expect(
    cloud.lambda.createAlias({ FunctionName: "plain", Name: "live", FunctionVersion: "1" }),
  ).rejects.toMatchObject({ name: "ResourceConflictException" });
  await eventually(async () => (await cloud.lambda.getAlias({ FunctionName: "plain", Name: "live" })).FunctionVersion);
  await cloud.lambda.deleteAlias({ FunctionName: "plain", Name: "live" });
  await expect(cloud.lambda.getAlias({ FunctionName: "plain", Name: "live" })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
