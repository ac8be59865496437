import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LambdaEvent } from "hono/aws-lambda";
import { handle } from "hono/aws-lambda";
import {
  createCallbackReceiver,
  createCases,
  createDelegations,
  createExternalCalls,
  createLinks,
  createReviewStore,
  createReviews,
  type Decision,
  type Review,
} from "#callbacks";
import { createConsole } from "#console";
import { createTable } from "#platform";
import { createCalibration } from "#scoring";
import { createDeadLetters } from "../../libs/console/operations/dead-letters.ts";
import { createOperations } from "../../libs/console/operations/operations.ts";
import { createPeople } from "../../libs/console/people.ts";
import { createIdentityProvider } from "../../libs/console/sign-in/provider.ts";
import { createSessions } from "../../libs/console/sign-in/session.ts";
import { createConsoleGateway } from "../../libs/local/console-gateway/index.ts";
import { type Front, listen } from "../../libs/local/core/front.ts";
import { createIdentity } from "../../libs/local/identity/index.ts";
import { contract } from "../../workflows/training/contract.ts";
import { startLambda } from "./cloud.ts";
import { startTables } from "./tables.ts";

const SECRET = "a-secret-of-the-tests-which-is-long-enough";

/**
 * The console on real tables behind its gateway, with the local sign-in: everything that `npm start` has in front of the
 * workflows. What would wake executions is kept in `delivered`.
 */
export async function startConsole() {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-console-"));
  const tables = await startTables();
  const lambda = await startLambda(folder);
  for (const service of ["LAMBDA", "SQS", "CLOUDWATCH_LOGS"])
    process.env[`AWS_ENDPOINT_URL_${service}`] = lambda.endpoint;
  const table = createTable("longhaul-reviews");
  const store = createReviewStore(table);
  const sent = async () => true;
  const delivered: { callbackId: string; decision: Decision }[] = [];
  const started: { name: string }[] = [];
  const texts = new Map<string, string>();
  const time = { offset: 0 };
  const now = () => Date.now() + time.offset;
  const reviews = createReviews({
    store,
    delegations: createDelegations({ table, now }),
    answerCallback: async (callbackId, decision) => {
      delivered.push({ callbackId, decision });
      return true;
    },
    now,
  });

  // Each needs the other's address: both listen first, and are given their listeners then.
  const late: { console?: Parameters<typeof listen>[0]; identity?: Parameters<typeof listen>[0] } = {};
  const errors: unknown[] = [];
  const front: Front = await listen((request, response) => late.console?.(request, response), 0, "--console-port");
  const provider: Front = await listen((request, response) => late.identity?.(request, response), 0, "--port");
  const consoleUrl = `http://127.0.0.1:${front.port}`;
  const issuer = `http://127.0.0.1:${provider.port}/_longhaul/identity`;
  const identity = await createIdentity({ issuer, consoleUrl, folder });
  late.identity = identity.listener;

  const { clientId, clientSecret } = identity;
  const options = {
    desk: {
      contracts: [contract],
      reviews,
      delegations: createDelegations({ table, now }),
      receive: createCallbackReceiver({
        calls: createExternalCalls(table),
        chain: store.chain,
        outbox: store.outbox,
        senders: { succeed: sent, fail: sent, heartbeat: sent },
        now,
      }).receive,
      cases: createCases({
        store,
        start: async (target) => {
          started.push(target);
        },
        now,
      }),
      links: createLinks({ store, reviews, now }),
      calibration: createCalibration(table, now),
      people: createPeople(table),
      outbox: async () => [],
      consoleUrl,
      operations: createOperations({
        contracts: [contract],
        requests: createTable("longhaul-requests"),
        executions: createTable("longhaul-executions"),
        now,
      }),
      deadLetters: createDeadLetters({ executions: createTable("longhaul-executions"), now }),
      documentText: async ({ request }: Review) => texts.get(request.document?.key ?? ""),
      now,
    },
    provider: createIdentityProvider({
      issuer,
      clientId,
      clientSecret,
      groupsClaim: "groups",
      scope: "openid profile email groups",
      audience: `${consoleUrl}/api`,
      consoleUrl,
    }),
    sessions: createSessions({ secret: SECRET, secure: false, now }),
    secret: SECRET,
    secure: false,
    consoleUrl,
  };
  const handler = handle(createConsole(options));
  late.console = createConsoleGateway({
    account: "000000000000",
    invoke: async (event) => ({ kind: "answer", payload: JSON.stringify(await handler(event as LambdaEvent)) }),
    now,
    onError: (error) => errors.push(error),
  });

  return {
    consoleUrl,
    issuer,
    client: { id: clientId, secret: clientSecret },
    lambda: lambda.lambda,
    table,
    options,
    reviews,
    delivered,
    /** Executions that contests asked for. */
    started,
    store,
    /** Documents by key. */
    texts,
    errors,
    /** Moves the console's clock, not the identity provider's. */
    advance: (milliseconds: number) => {
      time.offset += milliseconds;
    },
    async close() {
      await front.close();
      await provider.close();
      await identity.close();
      await tables.close();
      await lambda.close();
      await rm(folder, { recursive: true });
    },
  };
}
export type TestConsole = Awaited<ReturnType<typeof startConsole>>;
