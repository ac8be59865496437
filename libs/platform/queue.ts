import { clientDefaults, isAwsError, once } from "./call.ts";

/** The queues' client, loaded when it is first needed. */
export const loadQueues = once(async () => {
  const sdk = await import("./clients/sqs.ts");
  return { sdk, client: new sdk.SQSClient(clientDefaults) };
});

/** Puts a message on a queue; `attributes` become String message attributes. */
export async function sendMessage(
  queueUrl: string,
  body: string,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const { sdk, client } = await loadQueues();
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
  );
  await client.send(new sdk.SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageAttributes }));
}

/** About how many messages a queue holds; undefined where there is no such queue, or it may not be asked. */
export async function countMessages(queueName: string): Promise<number | undefined> {
  const { sdk, client } = await loadQueues();
  try {
    const { QueueUrl } = await client.send(new sdk.GetQueueUrlCommand({ QueueName: queueName }));
    const wanted = { QueueUrl, AttributeNames: ["ApproximateNumberOfMessages" as const] };
    const { Attributes } = await client.send(new sdk.GetQueueAttributesCommand(wanted));
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  } catch (error) {
    if (isAwsError(error, "QueueDoesNotExist", "AccessDenied", "AccessDeniedException")) return undefined;
    throw error;
  }
}
