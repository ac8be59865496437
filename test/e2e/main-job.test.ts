import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { names } from "#deployment";
import { createExecutionListing, subjectOfKey } from "#executions";
import { createTable } from "#platform";
import { eventually, temporaryFolder } from "../support/cloud.ts";
import { greyRequest, type Longhaul, root, sample, startLonghaul } from "../support/longhaul.ts";

let longhaul: Longhaul;
let remove: () => Promise<void>;
beforeAll(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  longhaul = await startLonghaul(temporary.folder, "--no-samples");
});
afterAll(async () => {
  expect(await longhaul.end()).toBe(0);
  expect(longhaul.errors).toEqual([]);
  await remove();
});

test("clear requests are decided by the policy, in every format, and their results are in the bucket", async () => {
  const files = ["hiring-specialist.md", "junior-developer.txt", "driver.json", "accountant.txt"];
  await Promise.all(files.map(async (file) => longhaul.upload(file, await sample(file))));
  const results = await Promise.all(files.map((file) => longhaul.result(file)));
  expect(results.map(({ decision, decidedBy }) => [decision, decidedBy])).toEqual([
    ["approved", "policy"],
    ["approved", "policy"],
    ["approved", "policy"],
    ["rejected", "policy"],
  ]);
  for (const [index, { execution, key }] of results.entries()) {
    const file = files[index] ?? "";
    expect(key).toMatch(new RegExp(`^training/results/${file}\\.[0-9a-f]{12}\\.json$`));
    expect((await longhaul.executionOf(file))?.DurableExecutionArn).toBe(execution);
  }
});

test("a grey request waits for a person, who decides it in the console; the result says who, when and why", async () => {
  await longhaul.upload("grey.pdf", await sample("marketing-specialist.pdf"));
  const { id, request } = await longhaul.waiting("grey.pdf");
  expect(request.score?.value).toBeGreaterThanOrEqual(50);
  expect(request.score?.value).toBeLessThanOrEqual(76);
  const page = await longhaul.decide(id, "rejected", "We keep the photographer.");
  expect(page.status).toBe(200);
  expect(await longhaul.result("grey.pdf")).toMatchObject({
    decision: "rejected",
    decidedBy: "reviewer",
    by: { name: "Hana Holm" },
    why: "We keep the photographer.",
  });
  const { status } = await longhaul.reviews().get(id);
  expect(status).toBe("decided");
});

test("a stopped execution takes its review back: nobody is asked any more, and the case says why", async () => {
  await longhaul.upload("stopped.pdf", await greyRequest("stopped"));
  const { id, execution, executionArn } = await longhaul.waiting("stopped.pdf");
  await longhaul.lambda.stopDurableExecution({ DurableExecutionArn: executionArn });
  const review = await eventually(async () => {
    const now = await longhaul.reviews().get(id);
    return now.audit.at(-1)?.act === "undeliverable" && now;
  });
  expect(review.decision).toMatchObject({ reason: "The execution was stopped before anybody decided." });
  expect(review.status).toBe("withdrawn");
  expect(review.audit.map(({ act }) => act)).toContain("withdrawn");
  // The index knows it too, by the key of what was uploaded.
  const subject = subjectOfKey("training", "training/requests/stopped.pdf");
  const { list } = createExecutionListing(createTable(names.executions));
  const [found] = await eventually(async () => {
    const { executions } = await list({ subject });
    return executions[0]?.status === "STOPPED" && executions;
  });
  expect(found).toMatchObject({ name: execution, workflow: "training" });
});

test("the JSON API of the console decides for a signed-out visitor nothing", async () => {
  await longhaul.upload("guarded.pdf", await greyRequest("guarded"));
  const { id } = await longhaul.waiting("guarded.pdf");
  const answer = await fetch(`${longhaul.console}/api/reviews/${id}/decision`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ outcome: "approved", reason: "Me." }),
  });
  expect(answer.status).toBe(401);
  expect((await longhaul.reviews().get(id)).status).toBe("open");
});

const version = spawnSync("aws", ["--version"]).stdout?.toString().trim();
const withCli = version ? test : test.skip;
if (!version) console.log("SKIPPED: the guide's commands by the AWS CLI, which is not installed (aws --version).");

/** Runs the AWS CLI with the environment that the guide says, and nothing of this machine's own. */
async function aws(...args: string[]) {
  const { endpoint, region } = longhaul;
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
    const result = await longhaul.result("mine.json");
    expect(await aws("s3", "ls", "s3://longhaul-documents/training/results/")).toContain(result.key.split("/").at(-1));
    const printed = await aws("s3", "cp", `s3://longhaul-documents/${result.key}`, "-");
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
