import { z } from "zod";
import { toDotPath } from "zod/v4/core";
import { parseJson } from "./cloud-event.ts";
import { RefusedMessageError } from "./errors.ts";

/** One object that was put into the bucket. `sequencer` orders the events of one key. */
export interface Upload {
  key: string;
  sequencer: string;
}

const TestEvent = z.object({ Service: z.literal("Amazon S3"), Event: z.literal("s3:TestEvent") });

/** S3's event message structure 2.x: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
const Notification = z.object({
  Records: z
    .array(
      z.object({
        eventName: z.string().startsWith("ObjectCreated:"),
        s3: z.object({
          bucket: z.object({ name: z.string() }),
          object: z.object({ key: z.string().min(1), sequencer: z.string().regex(/^[0-9A-Fa-f]+$/) }),
        }),
      }),
    )
    .min(1),
});

/** Whether a message comes from S3, on a queue that carries events too: a CloudEvent has neither member. */
export function isNotification(body: string): boolean {
  const message = parseJson(body);
  return typeof message === "object" && message !== null && ("Records" in message || "Service" in message);
}

/**
 * The uploads that an SQS message tells of; none for S3's test event and for the placeholders of folders.
 * @throws RefusedMessageError for what is no S3 notification, or one of another bucket or prefix
 */
export function parseNotification(body: string, expected: { bucket: string; prefix: string }): Upload[] {
  const message = parseJson(body);
  if (TestEvent.safeParse(message).success) return [];
  const parsed = Notification.safeParse(message);
  if (!parsed.success) throw notOurs(parsed.error);
  return parsed.data.Records.flatMap(({ s3 }, index) => {
    // In notifications keys are URL-encoded, a space as a plus.
    const key = decodeURIComponent(s3.object.key.replaceAll("+", " "));
    const at = `Records[${index}].s3`;
    if (s3.bucket.name !== expected.bucket)
      throw new RefusedMessageError("NOT_OURS", {
        field: `${at}.bucket.name`,
        expected: expected.bucket,
        received: "another bucket",
      });
    if (!key.startsWith(expected.prefix))
      throw new RefusedMessageError("NOT_OURS", {
        field: `${at}.object.key`,
        expected: `a key under ${expected.prefix}`,
        received: "another prefix",
      });
    return key.endsWith("/") ? [] : [{ key, sequencer: s3.object.sequencer }];
  });
}

function notOurs(error: z.ZodError): RefusedMessageError {
  const [issue] = error.issues;
  const field = issue?.path.length ? toDotPath(issue.path) : "body";
  const received = issue?.message ?? "something else";
  return new RefusedMessageError("NOT_OURS", { field, expected: "as in an S3 ObjectCreated notification", received });
}
