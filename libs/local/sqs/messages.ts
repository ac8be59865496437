import { randomUUID } from "node:crypto";
import type { Clock } from "../core/clock.ts";
import type { QueueMessage } from "../core/ports.ts";
import type { Store } from "../core/store.ts";
import { type MessageAttribute, md5 } from "./digest.ts";
import { errors } from "./errors.ts";
import type { Queue, Queues } from "./queues.ts";

export interface NewMessage {
  body: string;
  attributes: Record<string, MessageAttribute>;
  delaySeconds?: number | undefined;
}

/** SQS takes tab, line feed, carriage return and U+0020 to U+D7FF, U+E000 to U+FFFD, U+10000 to U+10FFFF. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

export type Messages = ReturnType<typeof createMessages>;

/** The messages of all queues. `available` is called after a change by which a queue may have something to receive. */
export function createMessages({
  store,
  clock,
  queues,
  available,
}: {
  store: Store;
  clock: Clock;
  queues: Queues;
  available: (queue: string) => void;
}) {
  store.migrate("sqs-messages", [
    `CREATE TABLE sqs_messages (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, queue TEXT, body TEXT, attributes TEXT,
      sent_at INTEGER, visible_at INTEGER, received INTEGER DEFAULT 0, first_received_at INTEGER, receipt TEXT)`,
    "CREATE INDEX sqs_visible ON sqs_messages (queue, visible_at)",
  ]);

  /** Within a transaction: what has been received too often moves on, what is too old goes. */
  const tidy = (queue: Queue) => {
    const now = clock.now();
    store
      .sql("DELETE FROM sqs_messages WHERE queue = ? AND sent_at <= ?")
      .run(queue.name, now - queue.attributes.MessageRetentionPeriod * 1_000);
    const redrive = queues.redrive(queue);
    if (!redrive || !queues.find(redrive.deadLetterQueue)) return;
    const moved = store
      .sql(
        "UPDATE sqs_messages SET queue = ?, received = 0, receipt = NULL, visible_at = ? WHERE queue = ? AND visible_at <= ? AND received >= ?",
      )
      .run(redrive.deadLetterQueue, now, queue.name, now, redrive.maxReceiveCount);
    if (Number(moved.changes) > 0) available(redrive.deadLetterQueue);
  };

  return {
    /** Within a transaction. Answers the message's id. */
    add(queue: Queue, { body, attributes, delaySeconds }: NewMessage): string {
      const size = Buffer.byteLength(body) + Buffer.byteLength(JSON.stringify(attributes));
      if (size > queue.attributes.MaximumMessageSize) throw errors.tooLong(queue.attributes.MaximumMessageSize);
      if (FORBIDDEN.test(body)) throw errors.contents();
      if (body === "") throw errors.invalid("The request must contain the parameter MessageBody.");
      const id = randomUUID();
      const now = clock.now();
      const delay = (delaySeconds ?? queue.attributes.DelaySeconds) * 1_000;
      store
        .sql("INSERT INTO sqs_messages (id, queue, body, attributes, sent_at, visible_at) VALUES (?, ?, ?, ?, ?, ?)")
        .run(id, queue.name, body, JSON.stringify(attributes), now, now + delay);
      return id;
    },

    /** Within a transaction: up to `maximum` visible messages, hidden for `visibility` seconds. */
    take(queue: Queue, maximum: number, visibility: number): QueueMessage[] {
      tidy(queue);
      const now = clock.now();
      const rows = store
        .sql("SELECT * FROM sqs_messages WHERE queue = ? AND visible_at <= ? ORDER BY seq LIMIT ?")
        .all(queue.name, now, maximum);
      return rows.map((row) => {
        const receipt = `${row.id}.${randomUUID()}`;
        const first = Number(row.first_received_at ?? now);
        const received = Number(row.received) + 1;
        store
          .sql("UPDATE sqs_messages SET visible_at = ?, received = ?, first_received_at = ?, receipt = ? WHERE seq = ?")
          .run(now + visibility * 1_000, received, first, receipt, Number(row.seq));
        return toMessage(row, { receipt, received, first });
      });
    },

    /** Within a transaction. A message that is gone already counts as deleted. */
    remove(queue: Queue, receipt: string) {
      assertReceipt(receipt);
      store
        .sql("DELETE FROM sqs_messages WHERE queue = ? AND id = ? AND receipt = ?")
        .run(queue.name, idOf(receipt), receipt);
    },

    /** Within a transaction. */
    hide(queue: Queue, receipt: string, visibility: number) {
      assertReceipt(receipt);
      store
        .sql("UPDATE sqs_messages SET visible_at = ? WHERE queue = ? AND id = ? AND receipt = ?")
        .run(clock.now() + visibility * 1_000, queue.name, idOf(receipt), receipt);
    },

    /** Within a transaction: shows again what was received; how often it was stays counted. */
    release(queue: Queue) {
      const now = clock.now();
      store
        .sql("UPDATE sqs_messages SET visible_at = ? WHERE queue = ? AND received > 0 AND visible_at > ?")
        .run(now, queue.name, now);
    },

    purge(queue: Queue) {
      store.sql("DELETE FROM sqs_messages WHERE queue = ?").run(queue.name);
    },

    counts(queue: Queue) {
      const now = clock.now();
      const row = store
        .sql(
          `SELECT count(*) FILTER (WHERE visible_at <= ?1) AS visible, count(*) FILTER (WHERE visible_at > ?1 AND received > 0) AS hidden,
           count(*) FILTER (WHERE visible_at > ?1 AND received = 0) AS delayed FROM sqs_messages WHERE queue = ?2`,
        )
        .get(now, queue.name);
      return { visible: Number(row?.visible), hidden: Number(row?.hidden), delayed: Number(row?.delayed) };
    },

    /** When the next hidden message becomes visible, in epoch milliseconds. */
    nextVisible(queue: Queue): number | undefined {
      const row = store
        .sql("SELECT min(visible_at) AS at FROM sqs_messages WHERE queue = ? AND visible_at > ?")
        .get(queue.name, clock.now());
      return row?.at === null || row?.at === undefined ? undefined : Number(row.at);
    },

    hasVisible(queue: Queue): boolean {
      return (
        store
          .sql("SELECT 1 FROM sqs_messages WHERE queue = ? AND visible_at <= ? LIMIT 1")
          .get(queue.name, clock.now()) !== undefined
      );
    },
  };
}

const idOf = (receipt: string) => receipt.split(".", 1)[0] ?? "";

function assertReceipt(receipt: string) {
  if (!/^[0-9a-f-]{36}\.[0-9a-f-]{36}$/.test(receipt)) throw errors.receipt();
}

function toMessage(
  row: Record<string, unknown>,
  { receipt, received, first }: { receipt: string; received: number; first: number },
): QueueMessage {
  const attributes = JSON.parse(String(row.attributes)) as Record<string, MessageAttribute>;
  const body = String(row.body);
  return {
    messageId: String(row.id),
    receiptHandle: receipt,
    body,
    md5OfBody: md5(body),
    attributes: {
      ApproximateReceiveCount: String(received),
      SentTimestamp: String(row.sent_at),
      SenderId: "LONGHAULLOCAL",
      ApproximateFirstReceiveTimestamp: String(first),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        {
          dataType: DataType,
          ...(StringValue !== undefined && { stringValue: StringValue }),
          ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
        },
      ]),
    ),
  };
}
