import { createAdminClients } from "#platform/admin";
import { createClock } from "../../libs/local/core/clock.ts";
import { type Listener, listen } from "../../libs/local/core/front.ts";
import { createGateway } from "../../libs/local/core/gateway.ts";
import type { Service } from "../../libs/local/core/service.ts";
import { openStore } from "../../libs/local/core/store.ts";
import { restJsonError, WireError } from "../../libs/local/core/wire-error.ts";
import { deployBucket, deployTables } from "../../libs/local/deploy/storage.ts";
import { createDynamoDb } from "../../libs/local/dynamodb/index.ts";
import { createMail } from "../../libs/local/mail/index.ts";
import { createS3 } from "../../libs/local/s3/index.ts";
import { createSqs } from "../../libs/local/sqs/index.ts";
import { temporaryFolder } from "./cloud.ts";
import { lambdaWithReader } from "./reader.ts";

const place = { region: "eu-west-1", account: "000000000000" };

/**
 * The local services that a workflow's activities reach (bucket, tables, mail, queues, the reader), real ones, for this test
 * file alone; those in `others` stand in for the rest, or in place of one of them; `before` sees each request first.
 * `AWS_ENDPOINT_URL` points at them.
 */
export async function startServices(
  others: readonly Service[] = [],
  before: (listener: Listener) => Listener = (listener) => listener,
) {
  const { folder, remove } = await temporaryFolder();
  const store = openStore(folder);
  const clock = createClock();
  const database = await createDynamoDb(folder);
  const sqs = createSqs({ store, clock, ...place, endpoint: () => endpoint });
  const notify = async (queueArn: string, body: string) => void (await sqs.port.send(queueArn, { body }));
  const s3 = createS3({ store, clock, ...place, notify, queueExists: sqs.port.exists });
  const mail = createMail({ store, clock });
  let refusing = false;
  const mailService: Service = {
    ...mail.service,
    handle: async (request) =>
      refusing
        ? restJsonError(new WireError("MessageRejected", 400, "As the test says."))
        : mail.service.handle(request),
  };
  const lambda = lambdaWithReader(others.find(({ name }) => name === "lambda"));
  const services = [s3.service, sqs.service, mailService, ...others.filter(({ name }) => name !== "lambda"), lambda];
  const onError = (error: unknown) => console.error(error);
  const front = await listen(
    before(createGateway({ services, handOn: { dynamodb: database.listener, paths: {} }, onError })),
    0,
    "--port",
  );
  const endpoint = `http://127.0.0.1:${front.port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: place.region,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  const clients = await createAdminClients({ endpoint, region: place.region });
  await Promise.all([deployBucket(clients), deployTables(clients)]);
  return {
    ...clients,
    endpoint,
    clock,
    /** The newest first. */
    mails: () => mail.sent(),
    /** From now on mails are refused, as SES refuses one from an address that was not verified. */
    refuseMail(refuse: boolean) {
      refusing = refuse;
    },
    async close() {
      clients.close();
      await front.close();
      await s3.close();
      await sqs.close();
      await database.close();
      clock.close();
      await store.close();
      await remove();
    },
  };
}
