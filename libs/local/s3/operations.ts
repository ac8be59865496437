import { z } from "zod";
import type { ServiceRequest, ServiceResponse } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import { readObjectBody } from "./body.ts";
import { errors } from "./errors.ts";
import { listObjects } from "./listing.ts";
import { configurationXml, type createNotifications, parseConfiguration } from "./notifications.ts";
import type { Conditions, Objects, StoredObject } from "./objects.ts";
import { parseXml, xml } from "./xml.ts";

export interface S3Context {
  store: Store;
  objects: Objects;
  notifications: ReturnType<typeof createNotifications>;
  queueExists: (arn: string) => boolean;
  region: string;
}

const XML = { "content-type": "application/xml" };
const ok = (body = "", headers: Record<string, string> = body ? XML : {}): ServiceResponse => ({
  status: 200,
  headers,
  body,
});
const date = (time: number) => new Date(time).toUTCString();
const KEPT =
  /^(x-amz-meta-.+|content-type|content-encoding|content-disposition|content-language|cache-control|expires)$/;

function keptHeaders(headers: ServiceRequest["headers"]): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => KEPT.test(name));
  return Object.fromEntries(
    kept
      .map(([name, value]) => [name, name === "content-encoding" ? value.replace(/aws-chunked,?/, "") : value])
      .filter(([, value]) => value),
  );
}

const conditionsOf = ({
  "if-match": ifMatch,
  "if-none-match": ifNoneMatch,
}: ServiceRequest["headers"]): Conditions => ({ ifMatch, ifNoneMatch });

/** Requests on a bucket as a whole. */
export async function onBucket(bucket: string, request: ServiceRequest, context: S3Context): Promise<ServiceResponse> {
  const { method, query, body } = request;
  const { store, objects, notifications, queueExists, region } = context;
  const isPlain = [...query.keys()].every((name) => name === "x-id");
  if (method === "PUT" && isPlain) {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw errors.bucketName();
    if (objects.bucketExists(bucket)) throw errors.bucketExists();
    await store.write(() => objects.createBucket(bucket));
    return ok("", { location: `/${bucket}` });
  }
  if (!objects.bucketExists(bucket)) throw errors.noBucket();
  if (method === "HEAD") return ok("", { "x-amz-bucket-region": region });
  if (method === "DELETE" && isPlain) {
    await store.write(() => objects.deleteBucket(bucket));
    return { status: 204 };
  }
  if (query.has("location") && method === "GET")
    return ok(
      `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${region}</LocationConstraint>`,
      XML,
    );
  if (query.has("notification") && method === "GET")
    return ok(configurationXml(JSON.parse(objects.notifications(bucket) ?? "[]")));
  if (query.has("notification") && method === "PUT") {
    const before = objects.notifications(bucket) ?? "[]";
    const configuration = parseConfiguration(body, queueExists);
    await store.write(() => {
      objects.setNotifications(bucket, JSON.stringify(configuration));
      for (const { Queue } of configuration)
        if (!before.includes(JSON.stringify(Queue))) notifications.recordTest(bucket, Queue);
    });
    await notifications.flush();
    return ok();
  }
  if (query.has("delete") && method === "POST") return deleteMany(bucket, request, context);
  const isListing = [...query.keys()].every((name) =>
    [
      "list-type",
      "prefix",
      "delimiter",
      "max-keys",
      "continuation-token",
      "start-after",
      "marker",
      "encoding-type",
      "fetch-owner",
      "x-id",
    ].includes(name),
  );
  if (method === "GET" && isListing) return ok(listObjects(objects, bucket, query));
  throw errors.unknown(`${method} with ${[...query.keys()].join(", ") || "nothing"} on a bucket`);
}

async function deleteMany(
  bucket: string,
  { body }: ServiceRequest,
  { store, objects }: S3Context,
): Promise<ServiceResponse> {
  const Delete = z.object({
    Delete: z.object({
      Object: z.array(z.object({ Key: z.coerce.string() })).max(1_000),
      Quiet: z.string().optional(),
    }),
  });
  const parsed = Delete.safeParse(parseXml(body, ["Object"]));
  if (!parsed.success) throw errors.malformed("Expected Delete with up to 1000 Objects, each with a Key.");
  const keys = parsed.data.Delete.Object.map(({ Key }) => Key);
  await store.write(() => keys.forEach((key) => void objects.delete(bucket, key)));
  return ok(xml("DeleteResult", { Deleted: parsed.data.Delete.Quiet === "true" ? [] : keys.map((Key) => ({ Key })) }));
}

/** Requests on one object. */
export async function onObject(
  at: { bucket: string; key: string },
  request: ServiceRequest,
  context: S3Context,
): Promise<ServiceResponse> {
  const { bucket, key } = at;
  const { method, query, headers } = request;
  const { store, objects, notifications } = context;
  if (!objects.bucketExists(bucket)) throw errors.noBucket();
  if (Buffer.byteLength(key) > 1_024) throw errors.keyTooLong();
  const uploadId = query.get("uploadId");
  if (uploadId !== null || query.has("uploads")) return onUpload({ bucket, key, id: uploadId ?? "" }, request, context);
  const others = [...query.keys()].filter(
    (name) => name !== "x-id" && !name.startsWith("X-Amz-") && !name.startsWith("response-"),
  );
  if (others.length > 0) throw errors.unknown(`${method} with ${others.join(", ")} on an object`);

  if (method === "GET" || method === "HEAD") return read(objects.get(bucket, key), request);
  if (method === "DELETE") {
    await store.write(() => objects.delete(bucket, key));
    return { status: 204 };
  }
  if (method !== "PUT") throw errors.unknown(`${method} on an object`);
  if (headers["x-amz-copy-source"]) return copy(at, request, context);
  const conditions = conditionsOf(headers);
  const object = { ...readObjectBody(request), headers: keptHeaders(headers), conditions, by: "Put" as const };
  const etag = await store.write(() => objects.put(bucket, key, object));
  await notifications.flush();
  return ok("", { etag: `"${etag}"`, ...object.checksums });
}

function read(object: StoredObject, { method, headers }: ServiceRequest): ServiceResponse {
  const { ifMatch, ifNoneMatch } = conditionsOf(headers);
  const matches = (condition: string) => condition === "*" || condition.replaceAll('"', "") === object.etag;
  if (ifMatch !== undefined && !matches(ifMatch)) throw errors.precondition();
  const base = {
    ...object.headers,
    etag: `"${object.etag}"`,
    "last-modified": date(object.modifiedAt),
    "accept-ranges": "bytes",
  };
  if (ifNoneMatch !== undefined && matches(ifNoneMatch)) return { status: 304, headers: base };
  const range = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? "");
  if (!range || (range[1] === "" && range[2] === "")) {
    const typed = { "content-type": "binary/octet-stream", ...base, "content-length": String(object.size) };
    return { status: 200, headers: typed, ...(method === "GET" && { body: object.data }) };
  }
  const from = range[1] === "" ? Math.max(0, object.size - Number(range[2])) : Number(range[1]);
  const to = range[1] === "" || range[2] === "" ? object.size - 1 : Math.min(Number(range[2]), object.size - 1);
  if (from > to) throw errors.range();
  const part = object.data.subarray(from, to + 1);
  const { "x-amz-checksum-crc32": _crc, "x-amz-checksum-sha256": _sha, ...partial } = base as Record<string, string>;
  const ranged = {
    ...partial,
    "content-range": `bytes ${from}-${to}/${object.size}`,
    "content-length": String(part.length),
  };
  return { status: 206, headers: ranged, ...(method === "GET" && { body: part }) };
}

async function copy(
  at: { bucket: string; key: string },
  { headers }: ServiceRequest,
  { store, objects, notifications }: S3Context,
): Promise<ServiceResponse> {
  const source = decodeURIComponent(headers["x-amz-copy-source"] ?? "").replace(/^\//, "");
  const [fromBucket = "", ...rest] = source.split("/");
  const wanted = headers["x-amz-copy-source-if-match"];
  const { etag, modifiedAt } = await store.write(() => {
    const object = objects.get(fromBucket, rest.join("/"));
    if (wanted !== undefined && wanted.replaceAll('"', "") !== object.etag) throw errors.precondition();
    const replaces = headers["x-amz-metadata-directive"] === "REPLACE";
    const kept = replaces ? keptHeaders(headers) : object.headers;
    return {
      etag: objects.put(at.bucket, at.key, {
        data: object.data,
        checksums: {},
        headers: kept,
        conditions: conditionsOf(headers),
        by: "Copy",
      }),
      modifiedAt: object.modifiedAt,
    };
  });
  await notifications.flush();
  return ok(xml("CopyObjectResult", { ETag: `"${etag}"`, LastModified: new Date(modifiedAt).toISOString() }));
}

async function onUpload(
  at: { bucket: string; key: string; id: string },
  request: ServiceRequest,
  context: S3Context,
): Promise<ServiceResponse> {
  const { method, query, headers, body } = request;
  const { store, objects, notifications } = context;
  if (method === "POST" && query.has("uploads")) {
    const id = await store.write(() => objects.createUpload(at.bucket, at.key, keptHeaders(headers)));
    return ok(xml("InitiateMultipartUploadResult", { Bucket: at.bucket, Key: at.key, UploadId: id }));
  }
  if (method === "PUT") {
    const part = readObjectBody(request);
    const number = z.coerce.number().int().min(1).max(10_000).safeParse(query.get("partNumber"));
    if (!number.success) throw errors.invalid("Part number must be an integer between 1 and 10000, inclusive");
    const etag = await store.write(() => objects.putPart(at, number.data, part));
    return ok("", { etag: `"${etag}"`, ...part.checksums });
  }
  if (method === "DELETE") {
    await store.write(() => objects.abort(at));
    return { status: 204 };
  }
  if (method !== "POST") throw errors.unknown(`${method} on an upload`);
  const Complete = z.object({
    CompleteMultipartUpload: z.object({
      Part: z.array(z.object({ PartNumber: z.coerce.number(), ETag: z.string() })).min(1),
    }),
  });
  const parsed = Complete.safeParse(parseXml(body, ["Part"]));
  if (!parsed.success)
    throw errors.malformed("Expected CompleteMultipartUpload with Parts, each with PartNumber and ETag.");
  const parts = parsed.data.CompleteMultipartUpload.Part.map(({ PartNumber, ETag }) => ({
    number: PartNumber,
    etag: ETag,
  }));
  const etag = await store.write(() => objects.complete(at, parts, conditionsOf(headers)));
  await notifications.flush();
  return ok(
    xml("CompleteMultipartUploadResult", {
      Location: `/${at.bucket}/${at.key}`,
      Bucket: at.bucket,
      Key: at.key,
      ETag: `"${etag}"`,
    }),
  );
}
