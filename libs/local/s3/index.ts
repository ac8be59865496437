import type { Clock } from "../core/clock.ts";
import type { Service } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import { WireError } from "../core/wire-error.ts";
import { errorResponse } from "./error-response.ts";
import { errors } from "./errors.ts";
import { createNotifications } from "./notifications.ts";
import { createObjects } from "./objects.ts";
import { onBucket, onObject, type S3Context } from "./operations.ts";
import { xml } from "./xml.ts";

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** S3 by path-style requests: objects in SQLite, conditional writes, multipart uploads, notifications to queues. */
export function createS3(options: {
  store: Store;
  clock: Clock;
  region: string;
  account: string;
  notify: (queueArn: string, body: string) => Promise<void>;
  queueExists: (arn: string) => boolean;
}): { service: Service; resume(): Promise<void>; close(): Promise<void> } {
  const notifications = createNotifications({
    ...options,
    configuration: (bucket) => JSON.parse(objects.notifications(bucket) ?? "[]"),
  });
  const objects = createObjects({ ...options, created: notifications.record });
  const context: S3Context = { ...options, objects, notifications };

  const service: Service = {
    name: "s3",
    maxBodyBytes: MAX_BODY_BYTES,
    async handle(request) {
      try {
        const { bucket, key } = split(request.path);
        if (bucket === "") {
          if (request.method !== "GET") throw errors.unknown(`${request.method} /`);
          const Bucket = objects
            .buckets()
            .map(({ name, createdAt }) => ({ Name: name, CreationDate: new Date(createdAt).toISOString() }));
          return {
            status: 200,
            headers: { "content-type": "application/xml" },
            body: xml("ListAllMyBucketsResult", { Owner: { ID: options.account }, Buckets: { Bucket } }),
          };
        }
        return await (key === "" ? onBucket(bucket, request, context) : onObject({ bucket, key }, request, context));
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        const response = errorResponse(error, request.path);
        return request.method === "HEAD" ? { status: response.status } : response;
      }
    },
    tooLarge: () => errorResponse(errors.tooLarge(), "/"),
  };
  return { service, resume: () => notifications.flush(), close: () => notifications.flush().catch(() => undefined) };
}

/** Keys are data: nothing in them is a path on this machine. */
function split(path: string): { bucket: string; key: string } {
  const [, bucket = "", key = ""] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  try {
    return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) };
  } catch {
    throw errors.invalid("The key is not percent-encoded UTF-8.");
  }
}
