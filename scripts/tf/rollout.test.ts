import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CodeDeploy } from "@aws-sdk/client-codedeploy";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFunction, startLambda, type TestLambda, temporaryFolder, zipOf } from "../../test/support/cloud.ts";
import { startRollout } from "./rollout.ts";

const source = (answer: string) => `export const handler = async () => "${answer}";`;

let cloud: TestLambda;
let remove: () => Promise<void>;
beforeEach(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  cloud = await startLambda(temporary.folder);
  await createFunction(cloud.lambda, "longhaul-naps", { source: source("one") });
});
afterEach(async () => {
  await cloud.close();
  await remove();
});

/** A stand-in for CodeDeploy: it keeps what it was asked and answers with an id. */
async function startCodeDeploy() {
  const asked: { target: unknown; body: Record<string, unknown> }[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    asked.push({ target: request.headers["x-amz-target"], body: JSON.parse(Buffer.concat(parts).toString()) });
    response.setHeader("content-type", "application/x-amz-json-1.1").end('{"deploymentId":"d-1"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const codedeploy = new CodeDeploy({ endpoint, region: "eu-west-1", credentials });
  const close = async () => {
    codedeploy.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { asked, codedeploy, close };
}

test("CodeDeploy is asked to move the alias from where it is to the newest version, once", async () => {
  const { lambda } = cloud;
  const { asked, codedeploy, close } = await startCodeDeploy();
  try {
    const FunctionName = "longhaul-naps";
    await lambda.updateFunctionCode({ FunctionName, ZipFile: await zipOf(source("two")) });
    await lambda.publishVersion({ FunctionName });
    expect(await startRollout({ lambda, codedeploy }, FunctionName, "1")).toEqual({
      functionName: FunctionName,
      from: "1",
      to: "1",
    });
    expect(await startRollout({ lambda, codedeploy }, FunctionName, "2")).toMatchObject({
      from: "1",
      deploymentId: "d-1",
    });
    expect(asked).toMatchObject([
      {
        target: "CodeDeploy_20141006.CreateDeployment",
        body: { applicationName: FunctionName, deploymentGroupName: "live" },
      },
    ]);
    const revision = asked[0]?.body.revision as { appSpecContent: { content: string } } | undefined;
    const [resource] = JSON.parse(revision?.appSpecContent.content ?? "").Resources;
    expect(resource[FunctionName].Properties).toEqual({
      Name: FunctionName,
      Alias: "live",
      CurrentVersion: "1",
      TargetVersion: "2",
    });
  } finally {
    await close();
  }
});
