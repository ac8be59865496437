import type { AdminClients } from "#platform/admin";
import { unless } from "./storage.ts";

/** Makes the queue, or sees to it that the one that is there has these attributes. */
export async function queue(sqs: AdminClients["sqs"], name: string, attributes: Record<string, string>) {
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
