import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Lambda } from "@aws-sdk/client-lambda";
import { build } from "esbuild";
import { zipSync } from "fflate";
import type { Clock } from "../../libs/local/core/clock.ts";
import { loadClock } from "../../libs/local/core/clock-state.ts";
import type { Faults } from "../../libs/local/core/faults.ts";
import { type Front, listen } from "../../libs/local/core/front.ts";
import { createGateway } from "../../libs/local/core/gateway.ts";
import { openStore } from "../../libs/local/core/store.ts";
import { createEvents } from "../../libs/local/events/index.ts";
import { createLambda } from "../../libs/local/lambda.ts";
import { createSqs } from "../../libs/local/sqs/index.ts";

const place = { region: "eu-west-1", account: "000000000000" };

/** Bundles a handler's source into a function's zip; it may import what the repository may. */
export async function zipOf(source: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, "../.."), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    write: false,
    external: ["@aws-sdk/*"],
  });
  return zipSync({ "index.mjs": outputFiles[0]?.contents ?? new Uint8Array() });
}

export interface TestLambda {
  lambda: Lambda;
  endpoint: string;
  clock: Clock;
  sqs: ReturnType<typeof createSqs>;
  events: ReturnType<typeof createEvents>;
  /** Ends it as a kill would, as far as one process can: nothing is waited for. */
  close(): Promise<void>;
}

/** Lambda, SQS and EventBridge on a folder, behind a front on a free port. */
export async function startLambda(
  folder: string,
  options: { clock?: Clock["mode"]; port?: number; faults?: Faults } = {},
): Promise<TestLambda> {
  const { faults } = options;
  const store = openStore(folder);
  const clock = await loadClock(store, options.clock ?? "real");
  let front: Front | undefined;
  const endpoint = () => `http://127.0.0.1:${front?.port}`;
  const sqs = createSqs({ store, clock, ...place, endpoint });
  const events = createEvents({ store, clock });
  const lambda = createLambda({
    store,
    clock,
    folder,
    ...place,
    endpoint,
    queues: sqs.port,
    events: events.port,
    faults,
  });
  const gateway = createGateway({
    services: [lambda.service, lambda.logService, sqs.service, events.service],
    handOn: { dynamodb: (_, response) => response.end(), paths: {} },
    onError: (error) => console.error(error),
    faults,
  });
  front = await listen(gateway, options.port ?? 0, "--port");
  await lambda.resume();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new Lambda({ endpoint: endpoint(), region: place.region, credentials, maxAttempts: 1 });
  return {
    lambda: client,
    endpoint: endpoint(),
    clock,
    sqs,
    events,
    async close() {
      client.destroy();
      await front?.close();
      await lambda.close();
      await sqs.close();
      clock.close();
      await store.close();
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
  },
) {
  const { source, durable, timeout = 10, environment = {}, deadLetterArn } = options;
  await lambda.createFunction({
    FunctionName: name,
    Handler: "index.handler",
    Runtime: "nodejs24.x",
    Role: "arn:aws:iam::000000000000:role/test",
    Timeout: timeout,
    Environment: { Variables: environment },
    Code: { ZipFile: await zipOf(source) },
    ...(durable && { DurableConfig: { ExecutionTimeout: 30 * 86_400, RetentionPeriodInDays: 7 } }),
    ...(deadLetterArn && { DeadLetterConfig: { TargetArn: deadLetterArn } }),
  });
  const { Version } = await lambda.publishVersion({ FunctionName: name });
  await lambda.createAlias({ FunctionName: name, Name: "live", FunctionVersion: Version });
}

/** Asks until the answer is there: for what happens a moment later by itself. */
export async function eventually<T>(ask: () => Promise<T | undefined | false>, milliseconds = 15_000): Promise<T> {
  const until = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > until) throw new Error(`It did not happen within ${milliseconds} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
