import type { GetAliasCommandInput, ListVersionsByFunctionCommandInput } from "@aws-sdk/client-lambda";
import { clientDefaults, once } from "./call.ts";

const load = once(async () => {
  const sdk = await import("./clients/lambda.ts");
  return { sdk, client: new sdk.LambdaClient(clientDefaults) };
});

/** Lambda's calls that tell of a function's versions; control plane calls are 15 a second in all. */
export const versionCalls = {
  async listVersionsByFunction(input: ListVersionsByFunctionCommandInput) {
    const { sdk, client } = await load();
    return client.send(new sdk.ListVersionsByFunctionCommand(input));
  },
  async getAlias(input: GetAliasCommandInput) {
    const { sdk, client } = await load();
    return client.send(new sdk.GetAliasCommand(input));
  },
};
