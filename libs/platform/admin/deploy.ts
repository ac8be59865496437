import { clientDefaults } from "../call.ts";

export type DeployClients = Awaited<ReturnType<typeof createDeployClients>>;

/**
 * Whole clients for what deploys to AWS and looks after it, with the credentials of whoever runs it (or those of AWS_ENDPOINT_URL's
 * service). Functions never load these.
 */
export async function createDeployClients(region: string) {
  const [{ STS }, { Lambda }, { CodeDeploy }, { SESv2 }, { S3 }, { SecretsManager }, { BedrockRuntime }] =
    await Promise.all([
      import("@aws-sdk/client-sts"),
      import("@aws-sdk/client-lambda"),
      import("@aws-sdk/client-codedeploy"),
      import("@aws-sdk/client-sesv2"),
      import("@aws-sdk/client-s3"),
      import("@aws-sdk/client-secrets-manager"),
      import("@aws-sdk/client-bedrock-runtime"),
    ]);
  const options = { ...clientDefaults, region };
  const clients = {
    sts: new STS(options),
    lambda: new Lambda(options),
    codedeploy: new CodeDeploy(options),
    ses: new SESv2(options),
    s3: new S3(options),
    secrets: new SecretsManager(options),
    bedrock: new BedrockRuntime({ ...options, requestHandler: {} }),
  };
  const close = () => {
    for (const client of Object.values(clients)) client.destroy();
  };
  return { ...clients, close };
}
