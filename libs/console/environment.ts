import { handle } from "hono/aws-lambda";
import { z } from "zod";
import { type Review, reviewsFromEnvironment } from "#callbacks";
import { type Bucket, createBucket, ObjectNotFoundError, readEnvironment } from "#platform";
import type { Contract } from "#workflow";
import { createConsole } from "./app.ts";
import { createIdentityProvider, isLoopback } from "./sign-in/provider.ts";
import { createSessions } from "./sign-in/session.ts";

/** The console as a Lambda handler for API Gateway's HTTP API (payload format 2.0). */
export function consoleFromEnvironment(contracts: readonly Contract[]): ReturnType<typeof handle> {
  const environment = readEnvironment({
    LONGHAUL_CONSOLE_URL: z.url(),
    LONGHAUL_BUCKET: z.string().min(3),
    LONGHAUL_OIDC_ISSUER: z.url(),
    LONGHAUL_OIDC_CLIENT_ID: z.string().min(1),
    LONGHAUL_OIDC_CLIENT_SECRET: z.string().min(1),
    LONGHAUL_OIDC_GROUPS_CLAIM: z.string().default("groups"),
    LONGHAUL_SESSION_SECRET: z.string().min(32),
  });
  const consoleUrl = environment.LONGHAUL_CONSOLE_URL.replace(/\/$/, "");
  const secure = !isLoopback(consoleUrl);
  const secret = environment.LONGHAUL_SESSION_SECRET;
  const bucket = createBucket(environment.LONGHAUL_BUCKET);
  const provider = createIdentityProvider({
    issuer: environment.LONGHAUL_OIDC_ISSUER,
    clientId: environment.LONGHAUL_OIDC_CLIENT_ID,
    clientSecret: environment.LONGHAUL_OIDC_CLIENT_SECRET,
    groupsClaim: environment.LONGHAUL_OIDC_GROUPS_CLAIM,
    consoleUrl,
  });
  const desk = {
    contracts,
    reviews: reviewsFromEnvironment(),
    documentText: (review: Review) => documentText(bucket, review),
    now: Date.now,
  };
  const sessions = createSessions({ secret, secure, now: Date.now });
  return handle(createConsole({ desk, provider, sessions, secret, secure, consoleUrl }));
}

async function documentText(bucket: Bucket, { request }: Review): Promise<string | undefined> {
  if (!request.document) return undefined;
  try {
    return new TextDecoder().decode((await bucket.get(request.document.key)).body);
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}
