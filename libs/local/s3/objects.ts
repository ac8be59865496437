import { createHash, randomUUID } from "node:crypto";
import type { Clock } from "../core/clock.ts";
import type { Store } from "../core/store.ts";
import type { ObjectBody } from "./body.ts";
import { errors } from "./errors.ts";

export interface StoredObject {
  key: string;
  data: Buffer;
  size: number;
  /** Without quotes. */
  etag: string;
  modifiedAt: number;
  /** Headers to answer with it: content type, user metadata, checksums. */
  headers: Record<string, string>;
}

/** How an object came to be, as notifications name it: `ObjectCreated:<this>`. */
export type Creation = "Put" | "Copy" | "CompleteMultipartUpload";

export type ListedObject = Pick<StoredObject, "key" | "size" | "etag" | "modifiedAt">;

export interface Conditions {
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
}

export type Objects = ReturnType<typeof createObjects>;

const md5 = (data: Buffer) => createHash("md5").update(data).digest();
const unquoted = (etag: string) => etag.replace(/^(W\/)?"|"$/g, "");

/** Buckets, objects and the parts of uploads. `created` is called within the transaction that writes an object. */
export function createObjects({
  store,
  clock,
  created,
}: {
  store: Store;
  clock: Clock;
  created: (bucket: string, object: ListedObject, by: Creation) => void;
}) {
  store.migrate("s3", [
    "CREATE TABLE s3_buckets (name TEXT PRIMARY KEY, created_at INTEGER, notifications TEXT)",
    "CREATE TABLE s3_objects (bucket TEXT, key TEXT, data BLOB, size INTEGER, etag TEXT, modified_at INTEGER, headers TEXT, PRIMARY KEY (bucket, key))",
    "CREATE TABLE s3_uploads (id TEXT PRIMARY KEY, bucket TEXT, key TEXT, headers TEXT)",
    "CREATE TABLE s3_parts (upload TEXT, number INTEGER, data BLOB, etag TEXT, PRIMARY KEY (upload, number))",
  ]);

  const etagOf = (bucket: string, key: string) => {
    const row = store.sql("SELECT etag FROM s3_objects WHERE bucket = ? AND key = ?").get(bucket, key);
    return row && String(row.etag);
  };
  const write = (bucket: string, object: Omit<StoredObject, "size" | "modifiedAt">, by: Creation) => {
    const { key, data, etag, headers } = object;
    const modifiedAt = clock.now();
    store
      .sql("INSERT OR REPLACE INTO s3_objects VALUES (?, ?, ?, ?, ?, ?, ?)")
      .run(bucket, key, data, data.length, etag, modifiedAt, JSON.stringify(headers));
    created(bucket, { key, size: data.length, etag, modifiedAt }, by);
    return etag;
  };
  const assertConditions = (bucket: string, key: string, { ifMatch, ifNoneMatch }: Conditions) => {
    const etag = etagOf(bucket, key);
    if (ifNoneMatch !== undefined && etag !== undefined && (ifNoneMatch === "*" || unquoted(ifNoneMatch) === etag))
      throw errors.precondition();
    if (ifMatch === undefined) return;
    if (etag === undefined) throw errors.noKey();
    if (ifMatch !== "*" && unquoted(ifMatch) !== etag) throw errors.precondition();
  };
  const upload = (bucket: string, key: string, id: string) => {
    const row = store.sql("SELECT * FROM s3_uploads WHERE id = ? AND bucket = ? AND key = ?").get(id, bucket, key);
    if (!row) throw errors.noUpload();
    return { headers: JSON.parse(String(row.headers)) as Record<string, string> };
  };
  const forget = (id: string) => {
    store.sql("DELETE FROM s3_parts WHERE upload = ?").run(id);
    store.sql("DELETE FROM s3_uploads WHERE id = ?").run(id);
  };

  return {
    bucketExists: (bucket: string) => store.sql("SELECT 1 FROM s3_buckets WHERE name = ?").get(bucket) !== undefined,
    createBucket(bucket: string) {
      store.sql("INSERT INTO s3_buckets (name, created_at) VALUES (?, ?)").run(bucket, clock.now());
    },
    deleteBucket(bucket: string) {
      if (store.sql("SELECT 1 FROM s3_objects WHERE bucket = ? LIMIT 1").get(bucket)) throw errors.notEmpty();
      store.sql("DELETE FROM s3_buckets WHERE name = ?").run(bucket);
    },
    buckets: () =>
      store
        .sql("SELECT name, created_at FROM s3_buckets ORDER BY name")
        .all()
        .map(({ name, created_at }) => ({ name: String(name), createdAt: Number(created_at) })),

    /** Within a transaction: the condition and the write are one. */
    put(
      bucket: string,
      key: string,
      object: ObjectBody & { headers: Record<string, string>; conditions: Conditions; by: "Put" | "Copy" },
    ): string {
      assertConditions(bucket, key, object.conditions);
      const { data, by } = object;
      const headers = { ...object.headers, ...object.checksums };
      return write(bucket, { key, data, etag: md5(data).toString("hex"), headers }, by);
    },

    get(bucket: string, key: string): StoredObject {
      const row = store.sql("SELECT * FROM s3_objects WHERE bucket = ? AND key = ?").get(bucket, key);
      if (!row) throw errors.noKey();
      return {
        key,
        data: Buffer.from(row.data as Uint8Array),
        size: Number(row.size),
        etag: String(row.etag),
        modifiedAt: Number(row.modified_at),
        headers: JSON.parse(String(row.headers)) as Record<string, string>,
      };
    },

    delete(bucket: string, key: string) {
      store.sql("DELETE FROM s3_objects WHERE bucket = ? AND key = ?").run(bucket, key);
    },

    /** The objects after `after` whose keys begin with `prefix`, by the keys' UTF-8 bytes. */
    *list(bucket: string, prefix: string, after: string): Generator<ListedObject> {
      const rows = store
        .sql(
          "SELECT key, size, etag, modified_at FROM s3_objects WHERE bucket = ? AND key > ? AND substr(key, 1, ?) = ? ORDER BY key",
        )
        .iterate(bucket, after, [...prefix].length, prefix);
      for (const row of rows)
        yield {
          key: String(row.key),
          size: Number(row.size),
          etag: String(row.etag),
          modifiedAt: Number(row.modified_at),
        };
    },

    createUpload(bucket: string, key: string, headers: Record<string, string>): string {
      const id = randomUUID().replaceAll("-", "");
      store.sql("INSERT INTO s3_uploads VALUES (?, ?, ?, ?)").run(id, bucket, key, JSON.stringify(headers));
      return id;
    },
    putPart(at: { bucket: string; key: string; id: string }, number: number, { data }: ObjectBody): string {
      upload(at.bucket, at.key, at.id);
      const etag = md5(data).toString("hex");
      store.sql("INSERT OR REPLACE INTO s3_parts VALUES (?, ?, ?, ?)").run(at.id, number, data, etag);
      return etag;
    },
    /** Within a transaction. The ETag is the digest of the parts' digests, and how many they are. */
    complete(
      at: { bucket: string; key: string; id: string },
      parts: { number: number; etag: string }[],
      conditions: Conditions,
    ): string {
      const { headers } = upload(at.bucket, at.key, at.id);
      const stored = parts.map(({ number, etag }) => {
        const row = store.sql("SELECT data, etag FROM s3_parts WHERE upload = ? AND number = ?").get(at.id, number);
        if (!row || String(row.etag) !== unquoted(etag)) throw errors.invalidPart();
        return Buffer.from(row.data as Uint8Array);
      });
      assertConditions(at.bucket, at.key, conditions);
      const etag = `${md5(Buffer.concat(stored.map(md5))).toString("hex")}-${parts.length}`;
      forget(at.id);
      return write(at.bucket, { key: at.key, data: Buffer.concat(stored), etag, headers }, "CompleteMultipartUpload");
    },
    abort(at: { bucket: string; key: string; id: string }) {
      upload(at.bucket, at.key, at.id);
      forget(at.id);
    },

    notifications: (bucket: string): string | undefined => {
      const row = store.sql("SELECT notifications FROM s3_buckets WHERE name = ?").get(bucket);
      return row?.notifications ? String(row.notifications) : undefined;
    },
    setNotifications(bucket: string, configuration: string) {
      store.sql("UPDATE s3_buckets SET notifications = ? WHERE name = ?").run(configuration, bucket);
    },
  };
}
