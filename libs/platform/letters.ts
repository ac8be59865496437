import { isAwsError } from "./call.ts";
import { loadQueues } from "./queue.ts";

/** A message as it lies in a queue. `receipt` is good for the one who received it, until it is visible again. */
export interface Letter {
  id: string;
  receipt: string;
  body: string;
  attributes: Record<string, string>;
  /** Epoch milliseconds. */
  sentAt: number;
  receives: number;
}

export interface Opened {
  letters: Letter[];
  /** About how many the queue holds that were not received here. */
  others: number;
}

const AT_ONCE = 10;
const HIDDEN_SECONDS = 30;
const MOST_CALLS = 60;

/**
 * Receives up to `most` messages of a queue, or until `isLast` says so of one: nobody else receives them until they are given
 * back, or 30 seconds have passed. Undefined where there is no such queue.
 */
export async function openLetters(
  queueName: string,
  { most, isLast = () => false }: { most: number; isLast?: (letter: Letter) => boolean },
): Promise<
  (Opened & { close: (but?: Letter) => Promise<void>; remove: (letter: Letter) => Promise<void> }) | undefined
> {
  const { sdk, client } = await loadQueues();
  try {
    const { QueueUrl } = await client.send(new sdk.GetQueueUrlCommand({ QueueName: queueName }));
    const { Attributes } = await client.send(
      new sdk.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
    );
    const count = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
    const found = new Map<string, Letter>();
    let isOver = false;
    for (let call = 0; call < MOST_CALLS && !isOver && found.size < Math.min(most, count); call += 1) {
      const { Messages = [] } = await client.send(
        new sdk.ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(AT_ONCE, most - found.size),
          VisibilityTimeout: HIDDEN_SECONDS,
          // A short poll asks some of the servers only, and can miss what is there.
          WaitTimeSeconds: 1,
          MessageAttributeNames: ["All"],
          MessageSystemAttributeNames: ["SentTimestamp", "ApproximateReceiveCount"],
        }),
      );
      for (const message of Messages) {
        const letter = letterOf(message);
        found.set(letter.id, letter);
        isOver ||= isLast(letter);
      }
      isOver ||= Messages.length === 0;
    }
    const letters = [...found.values()];
    return {
      letters,
      others: Math.max(0, count - letters.length),
      /** Gives back what was received, all but one. */
      async close(but) {
        const back = letters.filter(({ id }) => id !== but?.id);
        const give = ({ receipt }: Letter) =>
          client.send(
            new sdk.ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: receipt, VisibilityTimeout: 0 }),
          );
        for (let from = 0; from < back.length; from += AT_ONCE)
          await Promise.all(back.slice(from, from + AT_ONCE).map(give));
      },
      async remove({ receipt }) {
        await client.send(new sdk.DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt }));
      },
    };
  } catch (error) {
    if (isAwsError(error, "QueueDoesNotExist")) return undefined;
    throw error;
  }
}

/** Puts a message on a queue, by the queue's name. */
export async function postLetter(queueName: string, body: string): Promise<void> {
  const { sdk, client } = await loadQueues();
  const { QueueUrl } = await client.send(new sdk.GetQueueUrlCommand({ QueueName: queueName }));
  await client.send(new sdk.SendMessageCommand({ QueueUrl, MessageBody: body }));
}

function letterOf(message: {
  MessageId?: string | undefined;
  ReceiptHandle?: string | undefined;
  Body?: string | undefined;
  Attributes?: Record<string, string> | undefined;
  MessageAttributes?: Record<string, { StringValue?: string | undefined }> | undefined;
}): Letter {
  const { MessageId = "", ReceiptHandle = "", Body = "", Attributes = {}, MessageAttributes = {} } = message;
  return {
    id: MessageId,
    receipt: ReceiptHandle,
    body: Body,
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue = "" }]) => [name, StringValue]),
    ),
    sentAt: Number(Attributes.SentTimestamp ?? 0),
    receives: Number(Attributes.ApproximateReceiveCount ?? 0),
  };
}
