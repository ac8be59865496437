import type { TerraformStack } from "cdktf";
import { type Deployment, dispatcherFunction, names, queueFigures, workflowFunction } from "#deployment";
import { bucketTrigger, type Contract } from "#workflow";
import { durableFunction, intake } from "./modules/index.ts";
import { dispatcherPermissions, workflowPermissions } from "./permissions/workflow.ts";
import { functionVariables, type Shared } from "./shared.ts";

/** A workflow's durable function, and its intake: queue, dead-letter queue and dispatcher. */
export function addWorkflow(
  stack: TerraformStack,
  contract: Contract,
  { deployment, topicArn, ...shared }: Shared & { deployment: Deployment; topicArn: string },
): { queueArn: string; version: string } {
  const { environment, arns, dataKeyArn } = shared;
  const workflow = durableFunction(stack, contract.name, {
    function: {
      ...functionVariables(workflowFunction(contract, deployment), shared),
      permissions: workflowPermissions(contract, shared),
      environment_key_arn: dataKeyArn,
      durable: { execution_timeout_seconds: contract.executionTimeoutSeconds, retention_days: contract.retentionDays },
    },
    queue_key_arn: dataKeyArn,
    rollout: environment.rollout,
    alarm_topic_arns: [topicArn],
    protect: environment.protect,
  });

  const deadLetterUrl = arns.queueUrl(names.deadLetters(contract.name));
  const dispatcher = dispatcherFunction(contract, { ...deployment, deadLetterUrl });
  const {
    account_id,
    region,
    code,
    memory_mb,
    timeout_seconds,
    environment: variables,
    ...rest
  } = functionVariables(dispatcher, shared);
  const entrance = intake(stack, `${contract.name}_intake`, {
    names: {
      queue: names.queue(contract.name),
      dead_letters: names.deadLetters(contract.name),
      dispatcher: dispatcher.name,
      function: names.workflow(contract.name),
    },
    account_id,
    region,
    dispatcher: { code, memory_mb, timeout_seconds, environment: variables },
    permissions: dispatcherPermissions(contract, shared),
    ...(bucketTrigger(contract) && { bucket_arn: arns.bucket }),
    producer_arns: environment.producers[contract.name] ?? [],
    visibility_timeout_seconds: queueFigures.visibilityTimeoutSeconds(dispatcher),
    dead_letter_retention_seconds: queueFigures.deadLetterRetentionSeconds,
    max_receive_count: queueFigures.maxReceiveCount,
    batch_size: queueFigures.batchSize,
    queue_key_arn: dataKeyArn,
    environment_key_arn: dataKeyArn,
    log_retention_days: rest.log_retention_days,
    log_key_arn: rest.log_key_arn,
    ...(rest.reserved_concurrency !== undefined && { reserved_concurrency: rest.reserved_concurrency }),
  });
  return { queueArn: entrance.output("queue_arn"), version: workflow.output("version") };
}
