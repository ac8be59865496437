import type { ConverseCommandInput, ConverseCommandOutput } from "@aws-sdk/client-bedrock-runtime";
import { clientDefaults, once } from "./call.ts";

// A model takes longer than a table: the caller's abort signal is the deadline. Retries are the durable step's, where they are counted.
const load = once(async () => {
  const sdk = await import("@aws-sdk/client-bedrock-runtime");
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

/**
 * The real Bedrock, for the local cloud's `--bedrock aws`: with this process's own credentials, which no function is given.
 * Rejects where there are none.
 */
export async function connectBedrock(region: string): Promise<typeof converse> {
  const sdk = await import("@aws-sdk/client-bedrock-runtime");
  const endpoint = `https://bedrock-runtime.${region}.amazonaws.com`;
  const client = new sdk.BedrockRuntimeClient({ region, endpoint, maxAttempts: 1 });
  await client.config.credentials();
  return (request, options) => client.send(new sdk.ConverseCommand(request), options);
}
