import { type Deployment, dispatcherFunction, names, queueFigures, workflowFunction } from "#deployment";
import type { AdminClients } from "#platform/admin";
import type { Contract } from "#workflow";
import { type Code, deployFunction } from "./function.ts";
import { queue } from "./queue.ts";
import { unless } from "./storage.ts";

/** A workflow's queue with its dead-letter queue, its durable function, and the dispatcher between the two. */
export async function deployWorkflow(
  clients: AdminClients,
  contract: Contract,
  { deployment, code }: { deployment: Deployment; code: Code },
) {
  const { lambda, sqs } = clients;
  const kept = { MessageRetentionPeriod: String(queueFigures.deadLetterRetentionSeconds) };
  const failures = await queue(sqs, names.failures(contract.name), kept);
  const deadLetters = await queue(sqs, names.deadLetters(contract.name), kept);
  const dispatcher = dispatcherFunction(contract, { ...deployment, deadLetterUrl: deadLetters.url });
  const requests = await queue(sqs, names.queue(contract.name), {
    VisibilityTimeout: String(queueFigures.visibilityTimeoutSeconds(dispatcher)),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: deadLetters.arn,
      maxReceiveCount: queueFigures.maxReceiveCount,
    }),
  });

  const workflow = workflowFunction(contract, deployment);
  await deployFunction(clients, {
    ...workflow,
    ...code(workflow.code),
    durable: { executionTimeoutSeconds: contract.executionTimeoutSeconds, retentionDays: contract.retentionDays },
    deadLetterArn: failures.arn,
  });
  await deployFunction(clients, { ...dispatcher, ...code(dispatcher.code) });
  await lambda
    .createEventSourceMapping({
      FunctionName: `${names.dispatcher(contract.name)}:${names.alias}`,
      EventSourceArn: requests.arn,
      BatchSize: queueFigures.batchSize,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    })
    .catch(unless("ResourceConflictException"));
}
