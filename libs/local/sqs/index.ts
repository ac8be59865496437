import type { Clock } from "../core/clock.ts";
import type { QueuePort } from "../core/ports.ts";
import type { Service } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import { awsJsonError, WireError } from "../core/wire-error.ts";
import { type ActionContext, actions } from "./actions.ts";
import { createBell } from "./bell.ts";
import { errors, queryCode } from "./errors.ts";
import { createMessages } from "./messages.ts";
import { createQueues } from "./queues.ts";

/** Ten messages of 1 MiB would be one batch; SQS takes 1 MiB in all. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** SQS (standard queues) by its JSON protocol, durable when acknowledged. */
export function createSqs(options: {
  store: Store;
  clock: Clock;
  region: string;
  account: string;
  endpoint: () => string;
}): {
  service: Service;
  port: QueuePort;
  close(): Promise<void>;
} {
  const { store, clock, account, endpoint } = options;
  const queues = createQueues(options);
  const bell = createBell(clock, (name) => {
    const queue = queues.find(name);
    return queue && messages.nextVisible(queue);
  });
  const messages = createMessages({
    store,
    clock,
    queues,
    available: (name) => setImmediate(() => bell.changed(name)),
  });
  let closed = false;

  const context: ActionContext = {
    store,
    queues,
    messages,
    urlOf: (name) => `${endpoint()}/${account}/${name}`,
    changed: bell.changed,
    wait: (queue, milliseconds) =>
      new Promise((resolve) => {
        const done = () => {
          stop();
          clearTimeout(timer);
          resolve();
        };
        const stop = bell.listen(queue, done);
        const timer = setTimeout(done, closed ? 0 : milliseconds);
      }),
  };

  const service: Service = {
    name: "sqs",
    maxBodyBytes: MAX_BODY_BYTES,
    async handle({ headers, body }) {
      try {
        const name = (headers["x-amz-target"] ?? "").replace(/^AmazonSQS\./, "");
        const action = actions[name];
        if (!action) throw errors.unknownAction(name || "without X-Amz-Target");
        const answer = await action(json(body), context);
        return { status: 200, headers: { "content-type": "application/x-amz-json-1.0" }, body: JSON.stringify(answer) };
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        const answer = awsJsonError(new WireError(`com.amazonaws.sqs#${error.type}`, error.status, error.message));
        return { ...answer, headers: { ...answer.headers, "x-amzn-query-error": `${queryCode(error.type)};Sender` } };
      }
    },
    tooLarge: () => awsJsonError(errors.tooLong(1_048_576)),
  };

  const byArn = (arn: string) => {
    const queue = queues.byArn(arn);
    if (!queue) throw errors.noQueue();
    return queue;
  };
  const port: QueuePort = {
    exists: (arn) => queues.byArn(arn) !== undefined,
    async receive(arn, maximum) {
      const queue = byArn(arn);
      const taken = messages.hasVisible(queue)
        ? await store.write(() => messages.take(queue, maximum, queue.attributes.VisibilityTimeout))
        : [];
      if (taken.length > 0) bell.changed(queue.name);
      return taken;
    },
    async release(arn) {
      const queue = byArn(arn);
      await store.write(() => messages.release(queue));
      bell.changed(queue.name);
    },
    async delete(arn, receipts) {
      const queue = byArn(arn);
      await store.write(() => {
        for (const receipt of receipts) messages.remove(queue, receipt);
      });
    },
    async send(arn, { body, attributes = {} }) {
      const queue = byArn(arn);
      const typed = Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
      );
      const id = await store.write(() => messages.add(queue, { body, attributes: typed }));
      bell.changed(queue.name);
      return id;
    },
    watch: (arn, available) => bell.listen(byArn(arn).name, available),
  };

  return {
    service,
    port,
    async close() {
      closed = true;
      bell.close();
    },
  };
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString() || "{}");
  } catch {
    throw errors.invalid("The request's body is not JSON.");
  }
}
