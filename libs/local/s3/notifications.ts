import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { Store } from "../core/store.ts";
import { WireError } from "../core/wire-error.ts";
import { errors } from "./errors.ts";
import type { Creation, ListedObject } from "./objects.ts";
import { parseXml, type XmlValue, xml } from "./xml.ts";

const Rule = z.object({ Name: z.string(), Value: z.coerce.string() });
const QueueConfiguration = z.object({
  Id: z.string().optional(),
  Queue: z.string(),
  Event: z.array(z.string()),
  Filter: z.object({ S3Key: z.object({ FilterRule: z.array(Rule).default([]) }) }).optional(),
});
type QueueConfiguration = z.infer<typeof QueueConfiguration>;
const Configuration = z.object({
  NotificationConfiguration: z.union([
    z.literal(""),
    z.object({ QueueConfiguration: z.array(QueueConfiguration).default([]) }),
  ]),
});

/** The queue configurations of a bucket, from the XML that a client sends. */
export function parseConfiguration(body: Buffer, queueExists: (arn: string) => boolean): QueueConfiguration[] {
  const parsed = Configuration.safeParse(parseXml(body, ["QueueConfiguration", "Event", "FilterRule"]));
  if (!parsed.success)
    throw errors.malformed("The local S3 knows queue configurations, with events and a filter, and no others.");
  const { NotificationConfiguration: content } = parsed.data;
  const queues = content === "" ? [] : content.QueueConfiguration;
  if (!queues.every(({ Queue }) => queueExists(Queue)))
    throw errors.invalid("Unable to validate the following destination configurations");
  if (!queues.every(({ Event }) => Event.every((event) => /^s3:ObjectCreated:/.test(event))))
    throw errors.unknown("notifications of other events than s3:ObjectCreated:*");
  return queues;
}

export const configurationXml = (queues: QueueConfiguration[]) =>
  xml("NotificationConfiguration", { QueueConfiguration: queues as unknown as XmlValue[] });

/**
 * Notifications wait in a table from the transaction that wrote the object until the queue has them: at least once, never
 * lost.
 */
export function createNotifications(options: {
  store: Store;
  clock: Clock;
  region: string;
  notify: (queueArn: string, body: string) => Promise<void>;
  configuration: (bucket: string) => QueueConfiguration[];
}) {
  const { store, clock, region, notify, configuration } = options;
  store.migrate("s3-notifications", [
    "CREATE TABLE s3_outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT, body TEXT)",
  ]);
  const add = (queue: string, body: (sequence: number) => unknown) => {
    const { lastInsertRowid } = store.sql("INSERT INTO s3_outbox (queue, body) VALUES (?, '')").run(queue);
    const sequence = Number(lastInsertRowid);
    store.sql("UPDATE s3_outbox SET body = ? WHERE seq = ?").run(JSON.stringify(body(sequence)), sequence);
  };

  let sending: Promise<void> = Promise.resolve();
  const sendAll = async () => {
    for (const row of store.sql("SELECT * FROM s3_outbox ORDER BY seq LIMIT 1000").all()) {
      await notify(String(row.queue), String(row.body)).catch(unlessGone);
      await store.write(() => store.sql("DELETE FROM s3_outbox WHERE seq = ?").run(Number(row.seq)));
    }
  };

  return {
    /** Within the transaction that writes the object. */
    record(bucket: string, object: ListedObject, by: Creation) {
      for (const queue of configuration(bucket).filter((one) => matches(one, object.key, by))) {
        add(queue.Queue, (sequence) =>
          event({ bucket, object, by, region, sequence, time: clock.now(), id: queue.Id ?? "longhaul" }),
        );
      }
    },
    /** Within a transaction: what S3 sends to a queue that is newly configured. */
    recordTest(bucket: string, queue: string) {
      add(queue, () => ({
        Service: "Amazon S3",
        Event: "s3:TestEvent",
        Time: new Date(clock.now()).toISOString(),
        Bucket: bucket,
        RequestId: randomUUID(),
        HostId: "local",
      }));
    },
    /** After a commit: sends what waits. */
    flush(): Promise<void> {
      const ended = clock.activity.begin();
      sending = sending
        .catch(() => undefined)
        .then(sendAll)
        .finally(ended);
      return sending;
    },
  };
}

/** A queue that was deleted takes nothing any more; S3 drops its notifications too. */
function unlessGone(error: unknown) {
  if (!(error instanceof WireError && error.type === "QueueDoesNotExist")) throw error;
}

function matches({ Filter, Event }: QueueConfiguration, key: string, by: Creation): boolean {
  if (!Event.includes("s3:ObjectCreated:*") && !Event.includes(`s3:ObjectCreated:${by}`)) return false;
  const rules = Filter?.S3Key.FilterRule ?? [];
  return rules.every(({ Name, Value }) =>
    Name.toLowerCase() === "prefix" ? key.startsWith(Value) : key.endsWith(Value),
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function event({
  bucket,
  object,
  by,
  region,
  sequence,
  time,
  id,
}: {
  bucket: string;
  object: ListedObject;
  by: Creation;
  region: string;
  sequence: number;
  time: number;
  id: string;
}) {
  const encodedKey = object.key
    .split("/")
    .map((part) => encodeURIComponent(part).replaceAll("%20", "+"))
    .join("/");
  return {
    Records: [
      {
        eventVersion: "2.1",
        eventSource: "aws:s3",
        awsRegion: region,
        eventTime: new Date(time).toISOString(),
        eventName: `ObjectCreated:${by}`,
        userIdentity: { principalId: "local" },
        requestParameters: { sourceIPAddress: "127.0.0.1" },
        responseElements: { "x-amz-request-id": randomUUID(), "x-amz-id-2": "local" },
        s3: {
          s3SchemaVersion: "1.0",
          configurationId: id,
          bucket: { name: bucket, ownerIdentity: { principalId: "local" }, arn: `arn:aws:s3:::${bucket}` },
          object: {
            key: encodedKey,
            size: object.size,
            eTag: object.etag,
            sequencer: sequence.toString(16).toUpperCase().padStart(18, "0"),
          },
        },
      },
    ],
  };
}
