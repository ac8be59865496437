import type { AdminClients } from "#platform";
import type { Contract } from "#workflow";
import { deployFunction } from "./function.ts";
import { names } from "./names.ts";
import { unless } from "./storage.ts";

const DISPATCHER_TIMEOUT_SECONDS = 30;

/** A workflow's queue with its dead-letter queue, its durable function, and the dispatcher between the two. */
export async function deployWorkflow(
  clients: AdminClients,
  contract: Contract,
  options: {
    environment: Record<string, string>;
    modelId?: string;
    code: (name: string) => { zip: string; sha256: string };
  },
) {
  const { lambda, sqs } = clients;
  const deadLetters = await queue(sqs, names.deadLetters(contract.name), {
    MessageRetentionPeriod: String(14 * 86_400),
  });
  const requests = await queue(sqs, names.queue(contract.name), {
    // Lambda's documentation asks for six times the function's timeout.
    VisibilityTimeout: String(6 * DISPATCHER_TIMEOUT_SECONDS),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 5 }),
  });

  await deployFunction(clients, {
    name: names.workflow(contract.name),
    ...options.code(contract.name),
    environment: {
      ...options.environment,
      LONGHAUL_MAIL_FROM: "longhaul@example.com",
      LONGHAUL_ROLE_ADDRESSES: JSON.stringify(addresses(contract)),
      ...(options.modelId && { LONGHAUL_MODEL_ID: options.modelId }),
    },
    ...contract.function,
    durable: { executionTimeoutSeconds: contract.executionTimeoutSeconds, retentionDays: contract.retentionDays },
    deadLetterArn: deadLetters.arn,
  });
  await deployFunction(clients, {
    name: names.dispatcher(contract.name),
    ...options.code("dispatcher"),
    environment: {
      LONGHAUL_BUCKET: names.bucket,
      LONGHAUL_REQUESTS_TABLE: names.requests,
      LONGHAUL_WORKFLOW: contract.name,
      LONGHAUL_FUNCTION: names.workflow(contract.name),
      LONGHAUL_ALIAS: names.alias,
      LONGHAUL_DEAD_LETTER_QUEUE_URL: deadLetters.url,
    },
    timeoutSeconds: DISPATCHER_TIMEOUT_SECONDS,
    memoryMb: 256,
  });
  await lambda
    .createEventSourceMapping({
      FunctionName: `${names.dispatcher(contract.name)}:${names.alias}`,
      EventSourceArn: requests.arn,
      BatchSize: 10,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    })
    .catch(unless("ResourceConflictException"));
}

/** Makes the queue, or sees to it that the one that is there has these attributes. */
async function queue(sqs: AdminClients["sqs"], name: string, attributes: Record<string, string>) {
  const { QueueUrl: url = "" } = await sqs
    .createQueue({ QueueName: name, Attributes: attributes })
    .catch(async (error: unknown) => {
      unless("QueueNameExists", "QueueAlreadyExists")(error);
      const existing = await sqs.getQueueUrl({ QueueName: name });
      await sqs.setQueueAttributes({ QueueUrl: existing.QueueUrl, Attributes: attributes });
      return existing;
    });
  const { Attributes } = await sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ["QueueArn"] });
  return { url, arn: Attributes?.QueueArn ?? "" };
}

/** The sample addresses of the roles that decide; on AWS they are configuration. */
const addresses = ({ reviews }: Contract) =>
  Object.fromEntries(Object.values(reviews).map(({ role }) => [role, [`${role}s@example.com`]]));
