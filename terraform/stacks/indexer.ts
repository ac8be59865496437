import type { TerraformStack } from "cdktf";
import { type Deployment, indexerFunction, names, queueFigures } from "#deployment";
import type { Contract } from "#workflow";
import { executions } from "./modules/index.ts";
import { indexerPermissions } from "./permissions/serving.ts";
import { functionVariables, type Shared } from "./shared.ts";

/** What keeps the index of executions. */
export function addIndexer(
  stack: TerraformStack,
  contracts: readonly Contract[],
  { deployment, ...shared }: Shared & { deployment: Deployment },
): void {
  const plan = indexerFunction(deployment);
  const { batchSize, windowSeconds, retentionSeconds } = queueFigures.statusEvents;
  const { account_id, region, log_retention_days, log_key_arn, reserved_concurrency, ...indexer } = functionVariables(
    plan,
    shared,
  );
  executions(stack, "executions", {
    names: { queue: names.executions, dead_letters: names.executionsDeadLetters },
    account_id,
    region,
    function_prefix: names.workflow(""),
    indexer: { ...indexer, permissions: indexerPermissions(contracts, shared) },
    batch_size: batchSize,
    batch_window_seconds: windowSeconds,
    retention_seconds: retentionSeconds,
    visibility_timeout_seconds: queueFigures.visibilityTimeoutSeconds(plan),
    max_receive_count: queueFigures.maxReceiveCount,
    queue_key_arn: shared.dataKeyArn,
    environment_key_arn: shared.dataKeyArn,
    log_retention_days,
    log_key_arn,
    ...(reserved_concurrency !== undefined && { reserved_concurrency }),
  });
}
