import { clientDefaults, once } from "./call.ts";

const load = once(async () => {
  const sdk = await import("@aws-sdk/client-sqs");
  return { sdk, client: new sdk.SQSClient(clientDefaults) };
});

/** Puts a message on a queue; `attributes` become String message attributes. */
export async function sendMessage(
  queueUrl: string,
  body: string,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const { sdk, client } = await load();
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
  );
  await client.send(new sdk.SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageAttributes }));
}
