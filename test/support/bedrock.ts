import { BedrockRuntime } from "@aws-sdk/client-bedrock-runtime";
import { type BedrockOptions, createBedrock } from "../../libs/local/bedrock/index.ts";
import { type Front, listen } from "../../libs/local/core/front.ts";
import { createGateway } from "../../libs/local/core/gateway.ts";

/** The local Bedrock behind a front on a free port, and the real SDK's client for it. */
export async function startBedrock(options: BedrockOptions) {
  const gateway = createGateway({
    services: [createBedrock(options).service],
    handOn: { dynamodb: (_, response) => response.end(), paths: {} },
    onError: (error) => console.error(error),
  });
  const front: Front = await listen(gateway, 0, "--port");
  const endpoint = `http://127.0.0.1:${front.port}`;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new BedrockRuntime({ endpoint, region: "eu-west-1", credentials, maxAttempts: 1 });
  return {
    endpoint,
    client,
    async close() {
      client.destroy();
      await front.close();
    },
  };
}
