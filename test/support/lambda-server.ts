import type { Clock } from "../../libs/local/core/clock.ts";
import { loadClock } from "../../libs/local/core/clock-state.ts";
import type { Faults } from "../../libs/local/core/faults.ts";
import { type Front, listen } from "../../libs/local/core/front.ts";
import { createGateway } from "../../libs/local/core/gateway.ts";
import { openStore } from "../../libs/local/core/store.ts";
import { createEvents } from "../../libs/local/events/index.ts";
import { createLambda } from "../../libs/local/lambda.ts";
import { createSqs } from "../../libs/local/sqs/index.ts";

export const place = { region: "eu-west-1", account: "000000000000" };

/** Lambda, SQS and EventBridge on a folder, behind a front on a free port. */
export async function serveLambda(
  folder: string,
  options: { clock?: Clock["mode"]; port?: number; faults?: Faults } = {},
) {
  const { faults } = options;
  const store = openStore(folder);
  const clock = await loadClock(store, options.clock ?? "real");
  let front: Front | undefined;
  const endpoint = () => `http://127.0.0.1:${front?.port}`;
  const sqs = createSqs({ store, clock, ...place, endpoint });
  const events = createEvents({ store, clock, ...place, queues: sqs.port });
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
  const gateway = createGateway({
    services: [lambda.service, lambda.logService, sqs.service, events.service],
    handOn: { dynamodb: (_, response) => response.end(), paths: {} },
    onError: (error) => console.error(error),
    faults,
  });
  front = await listen(gateway, options.port ?? 0, "--port");
  await lambda.resume();
  events.resume();
  return {
    endpoint: endpoint(),
    clock,
    sqs,
    events,
    async close() {
      await front?.close();
      await lambda.close();
      await events.close();
      await sqs.close();
      clock.close();
      await store.close();
    },
  };
}
