import type { ListedObject, Objects } from "./objects.ts";
import { xml } from "./xml.ts";

const MOST_KEYS = 1_000;

/** ListObjectsV2, and version 1, which older tools use: a page of keys, those below a delimiter rolled up into prefixes. */
export function listObjects(objects: Objects, bucket: string, query: URLSearchParams): string {
  const isV2 = query.get("list-type") === "2";
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const limit = Math.min(Number(query.get("max-keys") ?? MOST_KEYS), MOST_KEYS);
  const token = query.get("continuation-token");
  const after = token ? Buffer.from(token, "base64url").toString() : (query.get(isV2 ? "start-after" : "marker") ?? "");
  const { contents, prefixes, last, isTruncated } = page(objects.list(bucket, prefix, after), {
    prefix,
    delimiter,
    limit,
    after,
  });
  const encode =
    query.get("encoding-type") === "url"
      ? (text: string) => encodeURIComponent(text).replaceAll("%2F", "/")
      : (text: string) => text;
  return xml("ListBucketResult", {
    Name: bucket,
    Prefix: encode(prefix),
    ...(delimiter && { Delimiter: encode(delimiter) }),
    MaxKeys: limit,
    ...(query.get("encoding-type") && { EncodingType: "url" }),
    IsTruncated: isTruncated,
    ...(isV2 && { KeyCount: contents.length + prefixes.length }),
    ...(isV2 && token && { ContinuationToken: token }),
    ...(isV2 && isTruncated && { NextContinuationToken: Buffer.from(last).toString("base64url") }),
    ...(!isV2 && { Marker: encode(after), ...(isTruncated && { NextMarker: encode(last) }) }),
    Contents: contents.map(({ key, size, etag, modifiedAt }) => ({
      Key: encode(key),
      LastModified: new Date(modifiedAt).toISOString(),
      ETag: `"${etag}"`,
      Size: size,
      StorageClass: "STANDARD",
    })),
    CommonPrefixes: prefixes.map((name) => ({ Prefix: encode(name) })),
  });
}

interface PageOptions {
  prefix: string;
  delimiter: string;
  limit: number;
  after: string;
}

/** `last` is where the next page begins after: a key, or the last possible key below a rolled-up prefix. */
function page(listed: Iterable<ListedObject>, { prefix, delimiter, limit, after }: PageOptions) {
  const contents: ListedObject[] = [];
  const prefixes: string[] = [];
  let last = after;
  for (const object of listed) {
    const cut = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1;
    const rolledUp = cut < 0 ? undefined : object.key.slice(0, cut + delimiter.length);
    if (rolledUp !== undefined && (rolledUp === prefixes.at(-1) || after.startsWith(rolledUp))) continue;
    if (contents.length + prefixes.length === limit) return { contents, prefixes, last, isTruncated: limit > 0 };
    if (rolledUp === undefined) contents.push(object);
    else prefixes.push(rolledUp);
    last = rolledUp === undefined ? object.key : `${rolledUp}\u{10FFFF}`;
  }
  return { contents, prefixes, last, isTruncated: false };
}
