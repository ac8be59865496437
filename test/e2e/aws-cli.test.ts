import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../support/cloud.ts";
import { type Longhaul, root, startLonghaul } from "../support/longhaul.ts";

const version = spawnSync("aws", ["--version"]).stdout?.toString().trim();
const withCli = version ? test : test.skip;
if (!version) console.log("SKIPPED: the guide's commands by the AWS CLI, which is not installed (aws --version).");

let longhaul: Longhaul | undefined;
let remove = async () => {};
beforeAll(async () => {
  if (!version) return;
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  longhaul = await startLonghaul(temporary.folder, "--no-samples");
}, 120_000);
afterAll(async () => {
  await longhaul?.end();
  await remove();
});

/** Runs the AWS CLI with the environment that the guide says, and nothing of this machine's own. */
async function aws(...args: string[]) {
  const { endpoint = "", region = "" } = longhaul ?? {};
  const credentials = { AWS_ACCESS_KEY_ID: "any", AWS_SECRET_ACCESS_KEY: "any" };
  const env = { PATH: process.env.PATH, AWS_ENDPOINT_URL: endpoint, AWS_DEFAULT_REGION: region, ...credentials };
  // The CLI 1 ignores AWS_ENDPOINT_URL for SQS: the option works with both.
  const endpointOption = args[0] === "sqs" ? ["--endpoint-url", endpoint] : [];
  const { stdout } = await promisify(execFile)("aws", [...args, ...endpointOption], { env, cwd: root });
  return stdout;
}

withCli(
  "the guide's commands: upload a request, read its result, look at the queues and at an error",
  async () => {
    const file = join(root, "workflows/training/samples/driver.json");
    await aws("s3", "cp", file, "s3://longhaul-documents/training/requests/mine.json");
    const result = await longhaul?.result("mine.json");
    expect(await aws("s3", "ls", "s3://longhaul-documents/training/results/")).toContain(result?.key.split("/").at(-1));
    const printed = await aws("s3", "cp", `s3://longhaul-documents/${result?.key}`, "-");
    expect(JSON.parse(printed)).toMatchObject({ decision: "approved", decidedBy: "policy" });

    const { QueueUrls } = JSON.parse(await aws("sqs", "list-queues"));
    const deadLetters = QueueUrls.find((url: string) => url.endsWith("/longhaul-training-dead-letters"));
    await aws("sqs", "send-message", "--queue-url", deadLetters, "--message-body", "hello");
    const received = JSON.parse(await aws("sqs", "receive-message", "--queue-url", deadLetters));
    expect(received.Messages[0].Body).toBe("hello");

    const missing = aws("sqs", "get-queue-url", "--queue-name", "none");
    await expect(missing).rejects.toThrow("NonExistentQueue");
    await expect(
      aws("s3api", "get-object", "--bucket", "longhaul-documents", "--key", "none", "/dev/null"),
    ).rejects.toThrow("NoSuchKey");
    await expect(aws("s3api", "get-bucket-acl", "--bucket", "longhaul-documents")).rejects.toThrow("NotImplemented");
  },
  180_000,
);
