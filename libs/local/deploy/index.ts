import type { AdminClients } from "#platform";
import type { Contract } from "#workflow";
import { deployFunction } from "./function.ts";
import { names } from "./names.ts";
import { deployBucket, deployTables } from "./storage.ts";
import { deployWorkflow } from "./workflow.ts";

/** A built function: `name` is its folder under `dist/`. */
export interface BuiltFunction {
  name: string;
  zip: string;
  sha256: string;
}

export interface DeployOptions {
  contracts: readonly Contract[];
  functions: readonly BuiltFunction[];
  consoleUrl: string;
  /** In place of the model that each contract names. */
  modelId?: string;
  /** What the console needs besides: the OpenID provider and the session's secret. */
  consoleEnvironment: Record<string, string>;
}

/** Brings the platform onto the local cloud by the APIs that a deployer uses on AWS. Repeated, it changes what has changed. */
export async function deploy(clients: AdminClients, options: DeployOptions): Promise<void> {
  await Promise.all([deployBucket(clients), deployTables(clients)]);
  const environment = {
    LONGHAUL_BUCKET: names.bucket,
    LONGHAUL_REVIEWS_TABLE: names.reviews,
    LONGHAUL_CONSOLE_URL: options.consoleUrl,
  };
  const code = (name: string) => {
    const built = options.functions.find((one) => one.name === name);
    if (!built) throw new Error(`The build has no function ${name}.`);
    return { zip: built.zip, sha256: built.sha256 };
  };
  const plain = { timeoutSeconds: 30, memoryMb: 512 };
  await Promise.all([
    deployFunction(clients, {
      name: names.console,
      ...code("console"),
      ...plain,
      environment: { ...environment, ...options.consoleEnvironment },
    }),
    deployFunction(clients, { name: names.sweeper, ...code("sweeper"), ...plain, environment }),
    ...options.contracts.map((contract) => deployWorkflow(clients, contract, { ...options, environment, code })),
  ]);
  await clients.s3.putBucketNotificationConfiguration({
    Bucket: names.bucket,
    NotificationConfiguration: { QueueConfigurations: await notifications(clients, options.contracts) },
  });
}

async function notifications({ sqs }: AdminClients, contracts: readonly Contract[]) {
  const configurations = contracts.map(async ({ name, triggers }) => {
    const { QueueUrl } = await sqs.getQueueUrl({ QueueName: names.queue(name) });
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["QueueArn"] });
    return triggers.map(({ prefix }) => ({
      QueueArn: Attributes?.QueueArn,
      Events: ["s3:ObjectCreated:*" as const],
      Filter: { Key: { FilterRules: [{ Name: "prefix" as const, Value: prefix }] } },
    }));
  });
  return (await Promise.all(configurations)).flat();
}
