import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Lambda } from "@aws-sdk/client-lambda";
import { build } from "esbuild";
import { zipSync } from "fflate";
import { place, serveLambda } from "./lambda-server.ts";

/** Bundles a handler's source into a function's zip; it may import what the repository may. */
export async function zipOf(source: string, external = ["@aws-sdk/*"]): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, "../.."), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    write: false,
    external,
    // Parts of the AWS SDK are CommonJS and ask for Node's own modules by `require`.
    banner: {
      js: `import{createRequire as longhaulRequire}from"node:module";const require=longhaulRequire(import.meta.url);`,
    },
  });
  return zipSync({ "index.mjs": outputFiles[0]?.contents ?? new Uint8Array() });
}

export interface TestLambda extends Awaited<ReturnType<typeof serveLambda>> {
  lambda: Lambda;
}

/** Lambda, SQS and EventBridge on a folder, and a client of it. */
export async function startLambda(...options: Parameters<typeof serveLambda>): Promise<TestLambda> {
  const server = await serveLambda(...options);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const { endpoint } = server;
  const lambda = new Lambda({ endpoint, region: place.region, credentials, maxAttempts: 1 });
  return {
    ...server,
    lambda,
    async close() {
      lambda.destroy();
      await server.close();
    },
  };
}

export async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-test-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Makes a function from source, published, behind the alias `live`. */
export async function createFunction(
  lambda: Lambda,
  name: string,
  options: {
    source: string;
    durable?: boolean;
    timeout?: number;
    environment?: Record<string, string>;
    deadLetterArn?: string;
    /** What the bundle leaves out; without it the AWS SDK, which most handlers of tests do not need. */
    external?: string[];
  },
) {
  const { source, durable, timeout = 10, environment = {}, deadLetterArn, external } = options;
  await lambda.createFunction({
    FunctionName: name,
    Handler: "index.handler",
    Runtime: "nodejs24.x",
    Role: "arn:aws:iam::000000000000:role/test",
    Timeout: timeout,
    Environment: { Variables: environment },
    Code: { ZipFile: await zipOf(source, external) },
    ...(durable && { DurableConfig: { ExecutionTimeout: 30 * 86_400, RetentionPeriodInDays: 7 } }),
    ...(deadLetterArn && { DeadLetterConfig: { TargetArn: deadLetterArn } }),
  });
  const { Version } = await lambda.publishVersion({ FunctionName: name });
  await lambda.createAlias({ FunctionName: name, Name: "live", FunctionVersion: Version });
}

/** Asks until the answer is there: for what happens a moment later by itself. */
export async function eventually<T>(ask: () => Promise<T | undefined | false>, milliseconds = 60_000): Promise<T> {
  const until = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > until) throw new Error(`It did not happen within ${milliseconds} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
