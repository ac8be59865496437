import type { ConverseCommandInput, ConverseCommandOutput } from "@aws-sdk/client-bedrock-runtime";
import { clientDefaults, once } from "./call.ts";

// A model takes longer than a table: the caller's abort signal is the deadline. Retries are the durable step's, where they are counted.
const load = once(async () => {
  const sdk = await import("./clients/bedrock.ts");
  return { sdk, client: new sdk.BedrockRuntimeClient({ ...clientDefaults, requestHandler: {}, maxAttempts: 1 }) };
});

/** Asks a model by Bedrock's Converse API. */
export async function converse(
  request: ConverseCommandInput,
  options: { abortSignal: AbortSignal },
): Promise<ConverseCommandOutput> {
  const { sdk, client } = await load();
  return client.send(new sdk.ConverseCommand(request), { abortSignal: options.abortSignal });
}
