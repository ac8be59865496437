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

/**
 * Puts up to ten messages, a megabyte in all, on a queue by one request. Answers for each, in order: its id, or the code with which the
 * queue refused it, and whether the fault is `ours`.
 */
export async function sendMessages(
  queueUrl: string,
  bodies: readonly string[],
): Promise<({ messageId: string } | { code: string; ours: boolean })[]> {
  const { sdk, client } = await loadQueues();
  const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
  const answer = await client.send(new sdk.SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  return bodies.map((_, index) => {
    const taken = answer.Successful?.find(({ Id }) => Id === String(index));
    if (taken) return { messageId: taken.MessageId ?? "" };
    const refused = answer.Failed?.find(({ Id }) => Id === String(index));
    return { code: refused?.Code ?? "NO_ANSWER", ours: refused?.SenderFault ?? false };
  });
}

/** The URL of this account's queue. */
export async function findQueue(queueName: string): Promise<string> {
  const { sdk, client } = await loadQueues();
  const { QueueUrl } = await client.send(new sdk.GetQueueUrlCommand({ QueueName: queueName }));
  if (!QueueUrl) throw new Error(`The queue ${queueName} has no URL.`);
  return QueueUrl;
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
