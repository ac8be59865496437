import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { Lambda } from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { afterAll } from "vitest";
import { z } from "zod";
import { createReviewStore, createReviews, type Review, type Reviews } from "#callbacks";
import { names } from "#deployment";
import { createTable, succeedCallback } from "#platform";
import { eventually } from "./cloud.ts";
import { createVisitor } from "./visitor.ts";

export const root = join(import.meta.dirname, "../..");

// A test that fails before it ends what it started leaves nothing behind.
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

const Ready = z.strictObject({ console: z.url(), endpoint: z.url(), region: z.string(), account: z.string() });

/**
 * `npm start` as a process of its own, on the folder, with free ports unless `args` say others; resolves when it says that
 * it is ready. A second one in a test file takes the first one's port, for this process's own clients are made once.
 */
export async function startLonghaul(folder: string, ...args: string[]) {
  const command = ["scripts/start.ts", "--data", folder, "--port", "0", "--console-port", "0", "--json", ...args];
  const child = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("close", () => running.delete(child));
  const { line, errors } = await firstLine(child);
  const ready = Ready.parse(JSON.parse(line));
  const credentials = { accessKeyId: "user", secretAccessKey: "any" };
  const options = { endpoint: ready.endpoint, region: ready.region, credentials };
  const s3 = new S3({ ...options, forcePathStyle: true });
  const sqs = new SQS(options);
  const lambda = new Lambda(options);
  const dynamodb = new DynamoDB(options);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));

  /** The execution that works on what was uploaded under this name, as the service's own API tells it. */
  const executionOf = async (name: string) => {
    const Key = { source: { S: `training/requests/${name}` } };
    const { Item } = await dynamodb.getItem({ TableName: names.requests, Key, ConsistentRead: true });
    const DurableExecutionName = Item?.execution?.S;
    if (!DurableExecutionName) return undefined;
    const FunctionName = names.workflow("training");
    const { DurableExecutions = [] } = await lambda.listDurableExecutionsByFunction({
      FunctionName,
      DurableExecutionName,
    });
    return DurableExecutions[0];
  };
  const read = async (Key: string) => {
    const { Body } = await s3.getObject({ Bucket: names.bucket, Key });
    return (await Body?.transformToString()) ?? "";
  };

  return {
    ...ready,
    s3,
    sqs,
    lambda,
    executionOf,
    read,
    /** What it has printed as errors. */
    errors,
    upload: (name: string, Body: string | Uint8Array) =>
      s3.putObject({ Bucket: names.bucket, Key: `training/requests/${name}`, Body: Buffer.from(Body) }),
    /** The result of what was uploaded under this name, once it is in the bucket; of the newest upload, or of this execution. */
    result: (name: string, execution?: string) =>
      eventually(async () => {
        const Prefix = `training/results/${name}.${execution?.replace("training-", "").slice(0, 12) ?? ""}`;
        const { Contents = [] } = await s3.listObjectsV2({ Bucket: names.bucket, Prefix });
        const [newest] = Contents.toSorted((one, other) => Number(other.LastModified) - Number(one.LastModified));
        if (!newest?.Key) return undefined;
        return { ...(JSON.parse(await read(newest.Key)) as Result), key: newest.Key };
      }, 60_000),
    /** The open review of what was uploaded under this name, once it waits. */
    waiting: (name: string): Promise<Review> =>
      eventually(async () => {
        const execution = await executionOf(name);
        const { reviews } = await reviewsAt(ready).listOpen("hr-reviewer", { limit: 100 });
        return reviews.find((review) => review.executionArn === execution?.DurableExecutionArn);
      }, 60_000),
    /** Signs in at the console as Hana Holm and decides, as the page's form does. */
    async decide(review: string, outcome: "approved" | "rejected", reason: string) {
      const hana = createVisitor({ consoleUrl: ready.console });
      await hana.signIn("hana.holm", `/reviews/${review}`);
      const csrf = await hana.csrf();
      const option = outcome === "approved" ? "approve" : "reject";
      return hana.follow(`/reviews/${review}/decision`, hana.form({ csrf, option, reason }));
    },
    reviews: () => reviewsAt(ready),
    /** Ends it with this signal; answers its exit code, null for one that was killed. */
    async end(signal: NodeJS.Signals = "SIGTERM") {
      for (const client of [s3, sqs, lambda, dynamodb]) client.destroy();
      child.kill(signal);
      return ended;
    },
  };
}

/** One of the workflow's sample requests. */
export const sample = (name: string) => readFile(join(root, "workflows/training/samples", name));

/** A request that a person has to decide; `note` makes it another document with the same words. */
export const greyRequest = async (note: string) =>
  Buffer.concat([await sample("marketing-specialist.pdf"), Buffer.from(`% ${note}\n`)]);

export type Longhaul = Awaited<ReturnType<typeof startLonghaul>>;

/** The result document, as far as the tests look at it. */
export type Result = {
  decision: string;
  decidedBy: string;
  by: { name: string } | null;
  why: string;
  score: number | null;
  execution: string;
  follows: string | null;
  request: Record<string, string | null> | null;
  problem: { field: string; expected: string; received: string } | null;
};

/** The registry of reviews of a running Longhaul: this process is a client of it from now on. */
function reviewsAt({ endpoint, region }: z.infer<typeof Ready>): Reviews {
  const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, ...credentials });
  return createReviews({ store: createReviewStore(createTable(names.reviews)), answerCallback: succeedCallback });
}

async function firstLine(child: ChildProcess): Promise<{ line: string; errors: string[] }> {
  const errors: string[] = [];
  if (!child.stdout || !child.stderr) throw new Error("The child has no pipes.");
  createInterface(child.stderr).on("line", (line) => errors.push(line));
  const lines = createInterface(child.stdout);
  return new Promise((resolve, reject) => {
    lines.once("line", (line) => resolve({ line, errors }));
    child.once("close", (code) =>
      reject(new Error(`It ended with ${code} before it was ready:\n${errors.join("\n")}`)),
    );
  });
}
