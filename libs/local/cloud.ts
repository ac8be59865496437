import { mkdir } from "node:fs/promises";
import { names } from "#deployment";
import { createBedrock } from "./bedrock/index.ts";
import { createConsoleGateway } from "./console-gateway/index.ts";
import type { Clock } from "./core/clock.ts";
import { createClockListener } from "./core/clock-listener.ts";
import { loadClock } from "./core/clock-state.ts";
import { withDate } from "./core/date-within.ts";
import type { Faults } from "./core/faults.ts";
import { type Front, listen } from "./core/front.ts";
import { createGateway } from "./core/gateway.ts";
import { openStore } from "./core/store.ts";
import { createDynamoDb } from "./dynamodb/index.ts";
import { createEvents } from "./events/index.ts";
import { createIdentity } from "./identity/index.ts";
import { createLambda } from "./lambda.ts";
import { createMail, type SentMail } from "./mail/index.ts";
import { createS3 } from "./s3/index.ts";
import { startSchedule } from "./schedule.ts";
import { loadSecrets } from "./secrets.ts";
import { createSqs } from "./sqs/index.ts";

const REGION = "eu-west-1";
const ACCOUNT = "000000000000";
const IDENTITY_PATH = "/_longhaul/identity";
const CLOCK_PATH = "/_longhaul/clock";
const OUTBOX_PATH = "/_longhaul/mails";
const SWEEP_EVERY_MS = 15_000;
const REPAIR_EVERY_MS = 60_000;

export interface LocalCloudOptions {
  /** Everything that is kept lies in this folder; one process at a time. */
  folder: string;
  /** Of the AWS services; 0 takes a free one. */
  port: number;
  /** Of the console; 0 takes a free one. */
  consolePort: number;
  /** Real time, or time that stands still unless it is moved. */
  clock?: Clock["mode"];
  bedrock?: Parameters<typeof createBedrock>[0];
  /** For tests, which make things go wrong on purpose. */
  faults?: Faults;
  /** Told of what went wrong inside, which no caller is told. */
  onError: (error: unknown) => void;
}

export interface LocalCloud {
  /** What AWS clients set as AWS_ENDPOINT_URL. */
  endpoint: string;
  consoleUrl: string;
  region: string;
  account: string;
  clock: Clock;
  /** What the console's function needs to sign people in. */
  consoleEnvironment: Record<string, string>;
  mails(): SentMail[];
  /** Starts the scheduled functions; called once the platform is deployed. */
  startSchedules(): void;
  close(): Promise<void>;
}

/**
 * Starts the local cloud: the AWS services behind one loopback port, the console behind another. What was running when
 * the process ended, also by a kill, goes on.
 * @throws DataFolderInUseError, PortInUseError
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { folder, onError, faults } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const store = openStore(folder);
  const clock = await loadClock(store, options.clock ?? "real");
  let front: Front | undefined;
  const endpoint = () => `http://127.0.0.1:${front?.port ?? options.port}`;
  const place = { region: REGION, account: ACCOUNT };

  const sqs = createSqs({ store, clock, ...place, endpoint });
  const events = createEvents({ store, clock, ...place, queues: sqs.port });
  const mail = createMail({ store, clock });
  const notify = async (queueArn: string, body: string) => void (await sqs.port.send(queueArn, { body }));
  const s3 = createS3({ store, clock, ...place, notify, queueExists: sqs.port.exists });
  const bedrock = createBedrock(options.bedrock ?? { mode: "offline" });
  const dynamodb = await createDynamoDb(folder);
  const lambda = createLambda({
    store,
    clock,
    folder,
    ...place,
    endpoint,
    queues: sqs.port,
    events: events.port,
    faults,
  });
  const secrets = await loadSecrets(folder);

  const invokeConsole = (event: unknown) => lambda.invoke(names.console, names.alias, event);
  const consoleGateway = createConsoleGateway({ account: ACCOUNT, invoke: invokeConsole, now: clock.now, onError });
  const consoleFront = await listen(consoleGateway, options.consolePort, "--console-port");
  const consoleUrl = `http://127.0.0.1:${consoleFront.port}`;

  // The identity's addresses hold the port, which is known once it listens; until then nobody knows the port either.
  const late: { listener?: (typeof identity)["listener"] } = {};
  const gateway = createGateway({
    services: [
      s3.service,
      sqs.service,
      mail.service,
      events.service,
      bedrock.service,
      lambda.service,
      lambda.logService,
    ],
    handOn: {
      dynamodb: dynamodb.listener,
      paths: {
        [IDENTITY_PATH]: (request, response) => withDate(clock, () => late.listener?.(request, response)),
        [CLOCK_PATH]: createClockListener(clock, onError),
        [OUTBOX_PATH]: (_, response) => {
          response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(mail.sent()));
        },
      },
    },
    onError,
    faults,
  });
  front = await listen(gateway, options.port, "--port");
  const identity = await createIdentity({ issuer: `${endpoint()}${IDENTITY_PATH}`, consoleUrl, folder });
  late.listener = identity.listener;

  await s3.resume();
  await lambda.resume();
  events.resume();
  const schedules: (() => Promise<void>)[] = [];

  return {
    endpoint: endpoint(),
    consoleUrl,
    ...place,
    clock,
    consoleEnvironment: {
      LONGHAUL_OIDC_ISSUER: `${endpoint()}${IDENTITY_PATH}`,
      LONGHAUL_OIDC_CLIENT_ID: identity.clientId,
      LONGHAUL_OIDC_CLIENT_SECRET: identity.clientSecret,
      LONGHAUL_SESSION_SECRET: secrets.session,
      LONGHAUL_OUTBOX_URL: `${endpoint()}${OUTBOX_PATH}`,
    },
    mails: () => mail.sent(),
    startSchedules() {
      if (schedules.length > 0) return;
      // It can take a while and be cut off anywhere: neither a move of the clock nor the end waits for it.
      const repair = async () => void lambda.invoke(names.indexer, names.alias, { repair: true });
      schedules.push(
        startSchedule(clock, SWEEP_EVERY_MS, () => lambda.invoke(names.sweeper, names.alias, {})),
        startSchedule(clock, REPAIR_EVERY_MS, repair),
      );
    },
    async close() {
      await Promise.all(schedules.map((stop) => stop()));
      await consoleFront.close();
      await front?.close();
      await lambda.close();
      await s3.close();
      await events.close();
      await sqs.close();
      await identity.close();
      await dynamodb.close();
      clock.close();
      await store.close();
    },
  };
}
