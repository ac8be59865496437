import { createReviewStore, createReviews } from "#callbacks";
import { names } from "#deployment";
import { createTable, succeedCallback } from "#platform";
import { type Contract, queueTrigger } from "#workflow";
import { boot } from "../../scripts/platform/boot.ts";
import { eventually, temporaryFolder } from "./cloud.ts";

/**
 * One workflow on a fresh local cloud, built and deployed as `npm start` does: queue, dispatcher, function, tables, bucket, with the
 * offline model and a clock that stands still until it is moved. This process becomes a client of it.
 */
export async function startDeployed(contract: Contract) {
  const { folder, remove } = await temporaryFolder();
  const ports = { port: 0, consolePort: 0 };
  const options = { folder, ...ports, bedrock: "offline", clock: "virtual", only: contract.name } as const;
  const platform = await boot({ ...options, onStage: () => undefined });
  const { cloud, clients } = platform;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_REGION: cloud.region,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  const reviews = createReviews({
    store: createReviewStore(createTable(names.reviews)),
    answerCallback: succeedCallback,
  });
  const FunctionName = names.workflow(contract.name);

  const executions = async () =>
    (await clients.lambda.listDurableExecutionsByFunction({ FunctionName })).DurableExecutions ?? [];

  return {
    ...cloud,
    clients,
    reviews,
    executions,
    /** Sends an event with this data to the workflow's queue. */
    async send(data: object) {
      const { QueueUrl } = await clients.sqs.getQueueUrl({ QueueName: names.queue(contract.name) });
      const type = queueTrigger(contract)?.eventType;
      const event = { specversion: "1.0", id: crypto.randomUUID(), source: "/tests", type, data };
      await clients.sqs.sendMessage({ QueueUrl, MessageBody: JSON.stringify(event) });
    },
    /** Uploads a request's document. */
    upload: (file: string, Body: string) =>
      clients.s3.putObject({ Bucket: names.bucket, Key: `${contract.name}/requests/${file}`, Body }),
    /** The open review of this name, of whatever execution, once one stands. */
    asked: (review: string) =>
      eventually(async () => {
        const cases = (await executions()).map(({ DurableExecutionName = "" }) => reviews.ofCase(DurableExecutionName));
        return (await Promise.all(cases)).flat().find(({ name, status }) => name === review && status === "open");
      }),
    /** How an execution ended, once it has; without an ARN the first one there is. */
    async ended(arn?: string) {
      const DurableExecutionArn = arn ?? (await eventually(async () => (await executions())[0])).DurableExecutionArn;
      return eventually(async () => {
        const ended = await clients.lambda.getDurableExecution({ DurableExecutionArn, IncludeExecutionData: true });
        if (ended.Status === "RUNNING") return undefined;
        return { status: ended.Status, result: JSON.parse(ended.Result ?? "null"), error: ended.Error };
      });
    },
    /** How many messages were refused. */
    async refused() {
      const { QueueUrl } = await clients.sqs.getQueueUrl({ QueueName: names.deadLetters(contract.name) });
      const AttributeNames = ["ApproximateNumberOfMessages" as const];
      const { Attributes } = await clients.sqs.getQueueAttributes({ QueueUrl, AttributeNames });
      return Number(Attributes?.ApproximateNumberOfMessages);
    },
    async close() {
      await platform.close();
      await remove();
    },
  };
}
