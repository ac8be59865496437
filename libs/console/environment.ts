import { handle } from "hono/aws-lambda";
import { z } from "zod";
import {
  casesFromEnvironment,
  delegationsFromEnvironment,
  linksFromEnvironment,
  type Review,
  receiverFromEnvironment,
  reviewsFromEnvironment,
} from "#callbacks";
import { names } from "#deployment";
import { type Bucket, createBucket, createTable, ObjectNotFoundError, readEnvironment, readSecret } from "#platform";
import { createCalibration } from "#scoring";
import type { Contract } from "#workflow";
import { createConsole } from "./app.ts";
import { createDeadLetters } from "./operations/dead-letters.ts";
import { createOperations } from "./operations/operations.ts";
import { createOutbox } from "./outbox.ts";
import { createPeople } from "./people.ts";
import { once } from "./sign-in/once.ts";
import { createIdentityProvider, isLoopback } from "./sign-in/provider.ts";
import { createSessions } from "./sign-in/session.ts";

type Handler = ReturnType<typeof handle>;

/** The console as a Lambda handler for API Gateway's HTTP API (payload format 2.0). */
export function consoleFromEnvironment(contracts: readonly Contract[]): Handler {
  const handler = once(() => build(contracts));
  return async (event, context) => (await handler())(event, context);
}

/** What the secret of a deployment holds. */
const Secrets = z.object({ sessionSecret: z.string().min(32), oidcClientSecret: z.string().min(1).optional() });

async function build(contracts: readonly Contract[]): Promise<Handler> {
  const environment = readEnvironment({
    LONGHAUL_CONSOLE_URL: z.url(),
    LONGHAUL_BUCKET: z.string().min(3),
    LONGHAUL_REVIEWS_TABLE: z.string().min(3),
    LONGHAUL_REQUESTS_TABLE: z.string().min(3).default(names.requests),
    LONGHAUL_EXECUTIONS_TABLE: z.string().min(3).default(names.executions),
    LONGHAUL_OIDC_ISSUER: z.url(),
    LONGHAUL_OIDC_CLIENT_ID: z.string().min(1),
    LONGHAUL_OIDC_GROUPS_CLAIM: z.string().default("groups"),
    LONGHAUL_OIDC_SCOPE: z.string().default("openid profile email groups"),
    LONGHAUL_API_AUDIENCE: z.string().optional(),
    /** Where the local cloud shows its mails; absent on AWS. */
    LONGHAUL_OUTBOX_URL: z.url().optional(),
  });
  const consoleUrl = environment.LONGHAUL_CONSOLE_URL.replace(/\/$/, "");
  const secure = !isLoopback(consoleUrl);
  const { sessionSecret: secret, oidcClientSecret } = await readSecrets();
  const bucket = createBucket(environment.LONGHAUL_BUCKET);
  const provider = createIdentityProvider({
    issuer: environment.LONGHAUL_OIDC_ISSUER,
    clientId: environment.LONGHAUL_OIDC_CLIENT_ID,
    clientSecret: oidcClientSecret,
    groupsClaim: environment.LONGHAUL_OIDC_GROUPS_CLAIM,
    scope: environment.LONGHAUL_OIDC_SCOPE,
    audience: environment.LONGHAUL_API_AUDIENCE ?? `${consoleUrl}/api`,
    consoleUrl,
  });
  const executions = createTable(environment.LONGHAUL_EXECUTIONS_TABLE);
  const desk = {
    contracts,
    reviews: reviewsFromEnvironment(),
    delegations: delegationsFromEnvironment(),
    cases: casesFromEnvironment(),
    links: linksFromEnvironment(),
    calibration: createCalibration(createTable(environment.LONGHAUL_REVIEWS_TABLE)),
    people: createPeople(createTable(environment.LONGHAUL_REVIEWS_TABLE)),
    receive: receiverFromEnvironment().receive,
    operations: createOperations({
      contracts,
      requests: createTable(environment.LONGHAUL_REQUESTS_TABLE),
      executions,
      now: Date.now,
    }),
    deadLetters: createDeadLetters({ executions, now: Date.now }),
    outbox: environment.LONGHAUL_OUTBOX_URL ? createOutbox(environment.LONGHAUL_OUTBOX_URL) : undefined,
    consoleUrl,
    documentText: (review: Review) => documentText(bucket, review),
    now: Date.now,
  };
  const sessions = createSessions({ secret, secure, now: Date.now });
  return handle(createConsole({ desk, provider, sessions, secret, secure, consoleUrl }));
}

/** From Secrets Manager where LONGHAUL_SECRET_ARN names a secret; the local cloud gives them as variables. */
async function readSecrets(): Promise<z.infer<typeof Secrets>> {
  const { LONGHAUL_SECRET_ARN: arn } = readEnvironment({ LONGHAUL_SECRET_ARN: z.string().optional() });
  if (arn) return Secrets.parse(JSON.parse(await readSecret(arn)));
  const local = readEnvironment({
    LONGHAUL_SESSION_SECRET: z.string().min(32),
    LONGHAUL_OIDC_CLIENT_SECRET: z.string().min(1),
  });
  return { sessionSecret: local.LONGHAUL_SESSION_SECRET, oidcClientSecret: local.LONGHAUL_OIDC_CLIENT_SECRET };
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
