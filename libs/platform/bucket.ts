import { clientDefaults, isAwsError, once } from "./call.ts";
import { LonghaulError } from "./errors.ts";

/** There is no object under this key (any more). */
export class ObjectNotFoundError extends LonghaulError {
  constructor() {
    super("OBJECT_NOT_FOUND", "The object is not in the bucket.");
  }
}

export interface StoredObject {
  body: Uint8Array;
  contentType: string | undefined;
}

/** One bucket, as far as workflows need it. Keys are as in S3; bodies are bytes or UTF-8 text. */
export interface Bucket {
  /** The object's size in bytes and ETag. @throws ObjectNotFoundError */
  head(key: string): Promise<{ size: number; etag: string }>;
  /** The whole object. @throws ObjectNotFoundError */
  get(key: string): Promise<StoredObject>;
  /** Writes the object unless there is one under the key. Answers whether it was written. */
  putNew(key: string, body: Uint8Array | string, contentType: string): Promise<boolean>;
}

const load = once(async () => {
  const sdk = await import("./clients/s3.ts");
  const local = process.env.AWS_ENDPOINT_URL !== undefined;
  return { sdk, client: new sdk.S3Client({ ...clientDefaults, forcePathStyle: local }) };
});

export function createBucket(name: string): Bucket {
  return {
    async head(key) {
      const { sdk, client } = await load();
      const answer = await found(client.send(new sdk.HeadObjectCommand({ Bucket: name, Key: key })));
      return { size: answer.ContentLength ?? 0, etag: answer.ETag ?? "" };
    },
    async get(key) {
      const { sdk, client } = await load();
      const answer = await found(client.send(new sdk.GetObjectCommand({ Bucket: name, Key: key })));
      const body = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      return { body, contentType: answer.ContentType };
    },
    async putNew(key, body, contentType) {
      const { sdk, client } = await load();
      const put = { Bucket: name, Key: key, Body: body, ContentType: contentType, IfNoneMatch: "*" };
      try {
        await client.send(new sdk.PutObjectCommand(put));
        return true;
      } catch (error) {
        if (isAwsError(error, "PreconditionFailed")) return false;
        throw error;
      }
    },
  };
}

async function found<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isAwsError(error, "NoSuchKey", "NotFound")) throw new ObjectNotFoundError();
    throw error;
  }
}
