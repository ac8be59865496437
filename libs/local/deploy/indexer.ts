import { type Deployment, indexerFunction, names, queueFigures } from "#deployment";
import type { AdminClients } from "#platform/admin";
import { type Code, deployFunction } from "./function.ts";
import { queue } from "./queue.ts";
import { unless } from "./storage.ts";

/** What keeps the index of executions: the rule for their status events, its queue, and the function that reads it. */
export async function deployIndexer(
  clients: AdminClients,
  { deployment, code }: { deployment: Deployment; code: Code },
) {
  const { lambda, sqs, events } = clients;
  const { batchSize, windowSeconds, retentionSeconds } = queueFigures.statusEvents;
  const indexer = indexerFunction(deployment);
  const deadLetters = await queue(sqs, names.executionsDeadLetters, {
    MessageRetentionPeriod: String(queueFigures.deadLetterRetentionSeconds),
  });
  const { arn } = await queue(sqs, names.executions, {
    MessageRetentionPeriod: String(retentionSeconds),
    VisibilityTimeout: String(queueFigures.visibilityTimeoutSeconds(indexer)),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: deadLetters.arn,
      maxReceiveCount: queueFigures.maxReceiveCount,
    }),
  });
  await deployFunction(clients, { ...indexer, ...code(indexer.code) });
  await lambda
    .createEventSourceMapping({
      FunctionName: `${names.indexer}:${names.alias}`,
      EventSourceArn: arn,
      BatchSize: batchSize,
      MaximumBatchingWindowInSeconds: windowSeconds,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    })
    .catch(unless("ResourceConflictException"));
  await events.putRule({
    Name: names.executions,
    EventPattern: JSON.stringify({ source: ["aws.lambda"], "detail-type": ["Durable Execution Status Change"] }),
  });
  await events.putTargets({ Rule: names.executions, Targets: [{ Id: "index", Arn: arn }] });
}
