import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { z } from "zod";
import { names } from "#deployment";
import { createExecutionStore } from "#executions";
import { createBucket, createTable, logger, readEnvironment, sendMessage, startExecution } from "#platform";
import { type Mailboxes, mailboxesFromEnvironment } from "#signals";
import { bucketTrigger, type Contract, queueTrigger } from "#workflow";
import { parseCloudEvent } from "./cloud-event.ts";
import { RefusedMessageError } from "./errors.ts";
import { startEvent } from "./event.ts";
import { isNotification, parseNotification } from "./notification.ts";
import { createRequests } from "./requests.ts";
import { signalEvent } from "./signal.ts";
import { startUpload, type UploadPorts } from "./upload.ts";

const Environment = {
  /** The workflow whose queue this dispatcher reads: one dispatcher a workflow, with its permissions alone. */
  LONGHAUL_WORKFLOW: z.string(),
  LONGHAUL_FUNCTION: z.string(),
  LONGHAUL_ALIAS: z.string(),
  LONGHAUL_BUCKET: z.string(),
  LONGHAUL_REQUESTS_TABLE: z.string(),
  LONGHAUL_EXECUTIONS_TABLE: z.string().default(names.executions),
  LONGHAUL_DEAD_LETTER_QUEUE_URL: z.url(),
};

export interface DispatcherPorts extends UploadPorts {
  signal: Mailboxes["send"];
  refuse: (body: string, attributes: Record<string, string>) => Promise<void>;
}

/**
 * The function between a workflow's queue and its executions. Its answer names the messages to try again; what no retry
 * can mend goes to the dead-letter queue with its reason as attributes, and counts as done.
 */
export function createDispatcher(contracts: readonly Contract[], ports?: DispatcherPorts) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const environment = readEnvironment(Environment);
    const contract = contracts.find(({ name }) => name === environment.LONGHAUL_WORKFLOW);
    if (!contract) throw new Error(`There is no workflow ${environment.LONGHAUL_WORKFLOW} in this bundle.`);
    const context = { environment, contract, ports: ports ?? portsFrom(environment) };
    const failures = await Promise.all(event.Records.map((record) => dispatch(record, context)));
    return { batchItemFailures: failures.flatMap((itemIdentifier) => (itemIdentifier ? [{ itemIdentifier }] : [])) };
  };
}

interface Context {
  environment: z.infer<z.ZodObject<typeof Environment>>;
  contract: Contract;
  ports: DispatcherPorts;
}

function portsFrom(environment: Context["environment"]): DispatcherPorts {
  return {
    bucket: createBucket(environment.LONGHAUL_BUCKET),
    requests: createRequests(createTable(environment.LONGHAUL_REQUESTS_TABLE)),
    start: (target) => startExecution(target, { patient: true }),
    about: createExecutionStore(createTable(environment.LONGHAUL_EXECUTIONS_TABLE)).about,
    signal: (execution, signal) => mailboxesFromEnvironment().send(execution, signal),
    refuse: (body, attributes) => sendMessage(environment.LONGHAUL_DEAD_LETTER_QUEUE_URL, body, attributes),
  };
}

/** Answers the message's id where it must come again. */
async function dispatch(record: SQSRecord, { environment, contract, ports }: Context): Promise<string | undefined> {
  try {
    await startAll(record, { environment, contract, ports }).catch(async (error: unknown) => {
      if (!(error instanceof RefusedMessageError)) throw error;
      const { field, expected, received } = error.refusal;
      logger.warn("Refused a message", { messageId: record.messageId, code: error.code, field });
      const reason = {
        ErrorCode: error.code,
        ErrorMessage: error.message,
        Field: field,
        Expected: expected,
        Received: received,
      };
      await ports.refuse(record.body, { ...reason, MessageId: record.messageId });
    });
    return undefined;
  } catch (error) {
    logger.error("A message comes again", {
      messageId: record.messageId,
      error: error instanceof Error ? error.name : "unknown",
    });
    return record.messageId;
  }
}

async function startAll(record: SQSRecord, { environment, contract, ports }: Context) {
  const target = { functionName: environment.LONGHAUL_FUNCTION, qualifier: environment.LONGHAUL_ALIAS };
  const trigger = queueTrigger(contract);
  const fromBucket = bucketTrigger(contract);
  if (trigger && !(fromBucket && isNotification(record.body))) {
    const signals = Object.values(contract.signals ?? {});
    const event = parseCloudEvent(
      record.body,
      [trigger, ...signals].map(({ eventType }) => eventType),
    );
    if (event.type === trigger.eventType) {
      const { bucket, start } = ports;
      logger.info("Started an execution", await startEvent(event, { contract, trigger }, { bucket, start, ...target }));
    } else {
      const sentAt = new Date(Number(record.attributes.SentTimestamp)).toISOString();
      logger.info("Sent a signal", await signalEvent({ ...event, sentAt }, contract, ports.signal));
    }
    return;
  }
  if (!fromBucket) throw new Error(`The workflow ${contract.name} has no trigger.`);
  const { prefix, maxBytes } = fromBucket;
  const uploads = parseNotification(record.body, { bucket: environment.LONGHAUL_BUCKET, prefix });
  for (const upload of uploads) {
    const { execution, follows } = await startUpload(upload, contract, { ...ports, ...target, maxBytes });
    logger.info("Started an execution", { execution, follows });
  }
}
