import type { converse } from "../model.ts";

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
