import { names } from "#deployment";
import { createAdminClients } from "../../libs/platform/admin/index.ts";
import { loadContracts } from "../build/functions.ts";

export interface Where {
  endpoint?: string;
  profile?: string;
  region?: string;
}

export type Site = Awaited<ReturnType<typeof openSite>>;

/** What was asked for is not there, or cannot be done: said in words, exit code 1. */
export class RefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RefusedError";
  }
}

/**
 * The platform that the commands speak to: the local cloud, unless a profile or a region alone names an account on AWS. The
 * libraries' own clients are told the same by the environment.
 */
export async function openSite({ endpoint, profile, region = "eu-west-1" }: Where) {
  const contracts = await loadContracts();
  const clients = await createAdminClients(endpoint ? { endpoint, region } : { ...(profile && { profile }), region });
  const { accessKeyId, secretAccessKey, sessionToken } = await clients.lambda.config.credentials();
  Object.assign(process.env, {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
    ...(endpoint && { AWS_ENDPOINT_URL: endpoint }),
    LONGHAUL_REVIEWS_TABLE: names.reviews,
  });
  const contractOf = (workflow: string) => {
    const found = contracts.find(({ name }) => name === workflow);
    if (found) return found;
    const known = contracts.map(({ name }) => name).join(", ");
    throw new RefusedError(`Expected a workflow of ${known}, got ${JSON.stringify(workflow)}.`);
  };
  return { ...clients, contracts, contractOf, endpoint, region };
}
