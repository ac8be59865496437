import { fromEnv } from "@aws-sdk/credential-provider-env";

/** In the bundles this stands in the place of the AWS SDK's default chain: a function's credentials are in its environment. */
export const defaultProvider = (): ReturnType<typeof fromEnv> => fromEnv();
