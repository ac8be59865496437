import { type App, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import { reviewTable } from "#callbacks";
import { consoleFunction, type Deployment, names, readerFunction, readsDocuments, sweeperFunction } from "#deployment";
import { executionTable } from "#executions";
import { requestTable } from "#intake";
import { bucketTrigger, type Contract } from "#workflow";
import { arnsOf } from "./arns.ts";
import type { Environment } from "./environment.ts";
import { addIndexer } from "./indexer.ts";
import {
  console,
  documents,
  encryption,
  notifications,
  observability,
  plainFunction,
  reviews,
} from "./modules/index.ts";
import type { Code } from "./modules/shapes.ts";
import { consolePermissions, sweeperPermissions } from "./permissions/console.ts";
import { readerPermissions } from "./permissions/serving.ts";
import { AwsProvider } from "./provider.ts";
import { functionVariables, type Shared } from "./shared.ts";
import { tables } from "./tables.ts";
import { addWorkflow } from "./workflow.ts";

export interface PlatformOptions {
  environment: Environment;
  contracts: readonly Contract[];
  /** The built zip of a function, by its folder under `dist/`. */
  code: (folder: string) => Code;
}

/** The whole platform in one stack: what every workflow shares, and each workflow's own. */
export function createPlatform(app: App, { environment, contracts, code }: PlatformOptions): TerraformStack {
  const { account: account_id, region, protect, mail } = environment;
  const stack = new TerraformStack(app, "longhaul");
  new AwsProvider(stack, "aws", environment);
  new S3Backend(stack, {
    bucket: environment.stateBucket,
    key: "longhaul.tfstate",
    region,
    encrypt: true,
    useLockfile: true,
  });

  const arns = arnsOf(environment);
  const dataKey = encryption(stack, "data_key", {
    name: "longhaul-data",
    description: "Longhaul: documents, tables, queues, secrets",
    account_id,
    services: ["s3.amazonaws.com"],
  });
  const operationsKey = encryption(stack, "operations_key", {
    name: "longhaul-operations",
    description: "Longhaul: logs and what operators are told",
    account_id,
    services: ["budgets.amazonaws.com", "cloudwatch.amazonaws.com", "events.amazonaws.com"],
    log_region: region,
  });
  const shared: Shared = {
    environment,
    arns,
    code,
    dataKeyArn: dataKey.output("key_arn"),
    logKeyArn: operationsKey.output("key_arn"),
  };
  const notices = notifications(stack, "notifications", {
    name: "longhaul",
    account_id,
    region,
    kms_key_arn: shared.logKeyArn,
    mail_identity: mail.identity,
    operator_addresses: mail.operators,
    function_prefix: names.workflow(""),
  });

  const unplaced: Omit<Deployment, "consoleUrl"> = {
    bucket: arns.bucketName,
    mailFrom: mail.from,
    roleAddresses: mail.roleAddresses,
    settings: environment.settings,
    ...(environment.model.id && { modelId: environment.model.id }),
    ...(environment.traces && { collector: { OTEL_EXPORTER_OTLP_ENDPOINT: environment.traces.collector } }),
  };
  const desk = console(stack, "console", {
    function: {
      ...functionVariables(consoleFunction({ ...unplaced, consoleUrl: "the module knows it" }), shared),
      permissions: consolePermissions(contracts, shared),
      environment_key_arn: shared.dataKeyArn,
    },
    kms_key_arn: shared.dataKeyArn,
    ...environment.signIn,
    roles: rolesOf(contracts),
    ...(environment.domain && { domain: environment.domain }),
    protect,
  });
  const deployment: Deployment = { ...unplaced, consoleUrl: desk.output("url") };

  const {
    name,
    code: zip,
    memory_mb,
    timeout_seconds,
    environment: variables,
  } = functionVariables(sweeperFunction(deployment), shared);
  reviews(stack, "reviews", {
    tables: {
      ...tables(names.reviews, reviewTable),
      ...tables(names.requests, requestTable),
      ...tables(names.executions, executionTable),
    },
    account_id,
    region,
    kms_key_arn: shared.dataKeyArn,
    deletion_protection: protect,
    protect,
    sweeper: {
      name,
      code: zip,
      memory_mb,
      timeout_seconds,
      environment: variables,
      permissions: sweeperPermissions(contracts, shared),
    },
    log_retention_days: environment.logRetentionDays,
    log_key_arn: shared.logKeyArn,
  });

  addIndexer(stack, contracts, { ...shared, deployment });
  const hasReader = contracts.some(readsDocuments);
  if (hasReader)
    plainFunction(stack, "reader", {
      ...functionVariables(readerFunction(deployment), shared),
      permissions: readerPermissions(contracts, shared),
      environment_key_arn: shared.dataKeyArn,
    });

  const topicArn = notices.output("topic_arn");
  const workflows = contracts.map((contract) => ({
    contract,
    ...addWorkflow(stack, contract, { ...shared, deployment, topicArn }),
  }));
  documents(stack, "documents", {
    name: arns.bucketName,
    kms_key_arn: shared.dataKeyArn,
    notifications: workflows.flatMap(({ contract, queueArn }) => {
      const trigger = bucketTrigger(contract);
      return trigger ? [{ id: contract.name, queue_arn: queueArn, prefix: trigger.prefix }] : [];
    }),
    expiries: environment.documents.expiries,
    noncurrent_days: environment.documents.noncurrentDays,
    ...(environment.documents.accessLogBucket && { access_log_bucket: environment.documents.accessLogBucket }),
    protect,
  });
  observability(stack, "observability", {
    name: "longhaul",
    region,
    topic_arn: topicArn,
    workflows: Object.fromEntries(contracts.map((contract) => [contract.name, watched(contract)])),
    functions: {
      console: names.console,
      sweeper: names.sweeper,
      indexer: names.indexer,
      ...(hasReader && { reader: names.reader }),
    },
    undelivered_queue: notices.output("undelivered_queue_name"),
    limits: environment.limits,
    budget_usd_per_month: environment.budgetUsdPerMonth,
  });

  new TerraformOutput(stack, "console_url", { value: desk.output("url") });
  new TerraformOutput(stack, "user_pool_id", { value: desk.output("user_pool_id") });
  new TerraformOutput(stack, "console_secret", { value: desk.output("secret_name") });
  new TerraformOutput(stack, "documents_bucket", { value: arns.bucketName });
  // What a rollout moves the aliases to.
  new TerraformOutput(stack, "newest_versions", {
    value: Object.fromEntries(workflows.map(({ contract, version }) => [names.workflow(contract.name), version])),
  });
  new TerraformOutput(stack, "mail_dkim_tokens", { value: notices.output("dkim_tokens") });
  return stack;
}

const rolesOf = (contracts: readonly Contract[]) =>
  [...new Set(contracts.flatMap(({ reviews }) => Object.values(reviews).map(({ role }) => role)))].sort();

const DAY_SECONDS = 86_400;

/** A review is late when it has waited for longer than any deadline of its workflow. */
const watched = ({ name, reviews }: Contract) => ({
  function: names.workflow(name),
  queue: names.queue(name),
  dead_letters: names.deadLetters(name),
  failures: names.failures(name),
  oldest_review_seconds: Math.max(DAY_SECONDS, ...Object.values(reviews).map(({ deadlineSeconds }) => deadlineSeconds)),
});
