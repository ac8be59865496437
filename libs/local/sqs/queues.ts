import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { Store } from "../core/store.ts";
import { errors } from "./errors.ts";

const seconds = (most: number) => z.coerce.number().int().min(0).max(most);

/** What a queue may be told. What only AWS heeds (keys, policies) is kept as given. */
const Attributes = z.strictObject({
  VisibilityTimeout: seconds(43_200).default(30),
  MessageRetentionPeriod: seconds(1_209_600).default(345_600),
  DelaySeconds: seconds(900).default(0),
  ReceiveMessageWaitTimeSeconds: seconds(20).default(0),
  MaximumMessageSize: seconds(1_048_576).default(1_048_576),
  RedrivePolicy: z.string().optional(),
  RedriveAllowPolicy: z.string().optional(),
  Policy: z.string().optional(),
  KmsMasterKeyId: z.string().optional(),
  KmsDataKeyReusePeriodSeconds: z.string().optional(),
  SqsManagedSseEnabled: z.string().optional(),
});
export type QueueAttributes = z.infer<typeof Attributes>;

const RedrivePolicy = z.strictObject({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().int().min(1).max(1_000),
});

export interface Queue {
  name: string;
  attributes: QueueAttributes;
  createdAt: number;
}

export type Queues = ReturnType<typeof createQueues>;

/** The queues themselves. */
export function createQueues({
  store,
  clock,
  region,
  account,
}: {
  store: Store;
  clock: Clock;
  region: string;
  account: string;
}) {
  store.migrate("sqs-queues", [
    "CREATE TABLE sqs_queues (name TEXT PRIMARY KEY, attributes TEXT, created_at INTEGER) WITHOUT ROWID",
  ]);
  const arnOf = (name: string) => `arn:aws:sqs:${region}:${account}:${name}`;

  const find = (name: string): Queue | undefined => {
    const row = store.sql("SELECT * FROM sqs_queues WHERE name = ?").get(name);
    return (
      row && {
        name,
        attributes: Attributes.parse(JSON.parse(String(row.attributes))),
        createdAt: Number(row.created_at),
      }
    );
  };
  const get = (name: string): Queue => {
    const queue = find(name);
    if (!queue) throw errors.noQueue();
    return queue;
  };
  const save = ({ name, attributes, createdAt }: Queue) => {
    store.sql("INSERT OR REPLACE INTO sqs_queues VALUES (?, ?, ?)").run(name, JSON.stringify(attributes), createdAt);
  };

  return {
    arnOf,
    find,
    get,
    byArn: (arn: string) => (arn.startsWith(arnOf("")) ? find(arn.slice(arnOf("").length)) : undefined),
    byUrl: (url: string) => get(decodeURIComponent(url.split("/").at(-1) ?? "")),
    names: (prefix: string) =>
      store
        .sql("SELECT name FROM sqs_queues ORDER BY name")
        .all()
        .map(({ name }) => String(name))
        .filter((name) => name.startsWith(prefix)),
    create(name: string, given: Record<string, string>): Queue {
      if (name.endsWith(".fifo")) throw errors.invalid("The local SQS has no FIFO queues.");
      if (!/^[\w-]{1,80}$/.test(name))
        throw errors.invalid("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.");
      const attributes = parse(given);
      const existing = find(name);
      if (existing && JSON.stringify(existing.attributes) !== JSON.stringify(attributes)) throw errors.nameExists(name);
      const queue = existing ?? { name, attributes, createdAt: clock.now() };
      if (!existing) save(queue);
      return queue;
    },
    change(queue: Queue, given: Record<string, string>) {
      save({ ...queue, attributes: parse({ ...texts(queue.attributes), ...given }) });
    },
    remove(name: string) {
      store.sql("DELETE FROM sqs_queues WHERE name = ?").run(name);
      store.sql("DELETE FROM sqs_messages WHERE queue = ?").run(name);
    },
    /** Where messages go that were received too often. */
    redrive({ attributes }: Queue): { deadLetterQueue: string; maxReceiveCount: number } | undefined {
      if (!attributes.RedrivePolicy) return undefined;
      const { deadLetterTargetArn, maxReceiveCount } = RedrivePolicy.parse(JSON.parse(attributes.RedrivePolicy));
      return { deadLetterQueue: deadLetterTargetArn.split(":").at(-1) ?? "", maxReceiveCount };
    },
    texts,
  };
}

function parse(given: Record<string, string>): QueueAttributes {
  const parsed = Attributes.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw issue?.code === "unrecognized_keys"
      ? errors.attribute(issue.keys.join(", "))
      : errors.invalid(`Invalid value for the parameter ${issue?.path.join(".")}: ${issue?.message}.`);
  }
  if (
    parsed.data.RedrivePolicy !== undefined &&
    !RedrivePolicy.safeParse(safeJson(parsed.data.RedrivePolicy)).success
  ) {
    throw errors.invalid(
      "Value for parameter RedrivePolicy is invalid: expected deadLetterTargetArn and maxReceiveCount from 1 to 1000.",
    );
  }
  return parsed.data;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Attributes are text on the wire. */
function texts(attributes: QueueAttributes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
