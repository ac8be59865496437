import { consoleFunction, type Deployment, names, readerFunction, readsDocuments, sweeperFunction } from "#deployment";
import type { AdminClients } from "#platform/admin";
import { bucketTrigger, type Contract } from "#workflow";
import { type Code, deployFunction } from "./function.ts";
import { deployIndexer } from "./indexer.ts";
import { deployBucket, deployTables } from "./storage.ts";
import { deployWorkflow } from "./workflow.ts";

/** A built function: `name` is its folder under `dist/`, `archive` its zip. */
export interface BuiltFunction {
  name: string;
  archive: Uint8Array;
  sha256: string;
}

export interface DeployOptions {
  contracts: readonly Contract[];
  functions: readonly BuiltFunction[];
  consoleUrl: string;
  /** In place of the model that each contract names. */
  modelId?: string;
  /** Values of the settings that contracts name. */
  settings?: Readonly<Record<string, string>>;
  /** Where traces go, by OpenTelemetry's variables. */
  collector?: Readonly<Record<string, string>>;
  /** What the console needs besides: the OpenID provider and the session's secret. */
  consoleEnvironment: Record<string, string>;
}

/** Brings the platform onto the local cloud by the APIs that a deployer uses on AWS. Repeated, it changes what has changed. */
export async function deploy(clients: AdminClients, options: DeployOptions): Promise<void> {
  await Promise.all([deployBucket(clients), deployTables(clients)]);
  const code: Code = (name) => {
    const built = options.functions.find((one) => one.name === name);
    if (!built) throw new Error(`The build has no function ${name}.`);
    return { archive: built.archive, sha256: built.sha256 };
  };
  const deployment: Deployment = {
    bucket: names.bucket,
    consoleUrl: options.consoleUrl,
    mailFrom: "longhaul@example.com",
    roleAddresses: sampleAddresses(options.contracts),
    ...(options.modelId && { modelId: options.modelId }),
    ...(options.settings && { settings: options.settings }),
    ...(options.collector && { collector: options.collector }),
  };
  const console = consoleFunction(deployment);
  const sweeper = sweeperFunction(deployment);
  const reader = readerFunction(deployment);
  const environment = { ...console.environment, ...options.consoleEnvironment };
  await Promise.all([
    deployFunction(clients, { ...console, ...code(console.code), environment }),
    deployFunction(clients, { ...sweeper, ...code(sweeper.code) }),
    deployIndexer(clients, { deployment, code }),
    ...(options.contracts.some(readsDocuments) ? [deployFunction(clients, { ...reader, ...code(reader.code) })] : []),
    ...options.contracts.map((contract) => deployWorkflow(clients, contract, { deployment, code })),
  ]);
  await clients.s3.putBucketNotificationConfiguration({
    Bucket: names.bucket,
    NotificationConfiguration: { QueueConfigurations: await notifications(clients, options.contracts) },
  });
}

async function notifications({ sqs }: AdminClients, contracts: readonly Contract[]) {
  const configurations = contracts.map(async (contract) => {
    const trigger = bucketTrigger(contract);
    if (!trigger) return [];
    const { QueueUrl } = await sqs.getQueueUrl({ QueueName: names.queue(contract.name) });
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["QueueArn"] });
    const FilterRules = [{ Name: "prefix" as const, Value: trigger.prefix }];
    return [
      { QueueArn: Attributes?.QueueArn, Events: ["s3:ObjectCreated:*" as const], Filter: { Key: { FilterRules } } },
    ];
  });
  return (await Promise.all(configurations)).flat();
}

/** An address for each role that decides; on AWS they are configuration. */
const sampleAddresses = (contracts: readonly Contract[]) =>
  Object.fromEntries(
    contracts.flatMap(({ reviews }) => Object.values(reviews).map(({ role }) => [role, [`${role}s@example.com`]])),
  );
