import { clientDefaults, once } from "./call.ts";

const load = once(async () => {
  const sdk = await import("./clients/secrets-manager.ts");
  return { sdk, client: new sdk.SecretsManagerClient(clientDefaults) };
});

/** A secret's text, by Secrets Manager. */
export async function readSecret(arn: string): Promise<string> {
  const { sdk, client } = await load();
  const { SecretString } = await client.send(new sdk.GetSecretValueCommand({ SecretId: arn }));
  return SecretString ?? "";
}
