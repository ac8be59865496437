import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { ServiceRequest } from "../core/service.ts";
import { errors } from "./errors.ts";

/** Checksums that S3 stores with an object and clients may ask it to verify; those that Node can compute are verified. */
const COMPUTED: Readonly<Record<string, (data: Buffer) => string>> = {
  "x-amz-checksum-crc32": (data) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(data));
    return bytes.toString("base64");
  },
  "x-amz-checksum-sha1": (data) => createHash("sha1").update(data).digest("base64"),
  "x-amz-checksum-sha256": (data) => createHash("sha256").update(data).digest("base64"),
};
const CHECKSUM = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/;

export interface ObjectBody {
  data: Buffer;
  /** Checksum headers as the client gave them. */
  checksums: Record<string, string>;
}

/** A request's body as the object's bytes: `aws-chunked` framing taken off, digests verified. */
export function readObjectBody({ headers, body }: Pick<ServiceRequest, "headers" | "body">): ObjectBody {
  const isChunked = (headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-");
  const { data, trailers } = isChunked ? unchunk(body) : { data: body, trailers: {} };
  const given = { ...headers, ...trailers };
  const checksums = Object.fromEntries(Object.entries(given).filter(([name]) => CHECKSUM.test(name)));
  for (const [name, value] of Object.entries(checksums)) {
    const compute = COMPUTED[name];
    if (compute && compute(data) !== value) throw errors.badDigest(name);
  }
  const md5 = headers["content-md5"];
  if (md5 && createHash("md5").update(data).digest("base64") !== md5) throw errors.badDigest("Content-MD5");
  const sha256 = headers["x-amz-content-sha256"];
  if (sha256 && /^[0-9a-f]{64}$/.test(sha256) && createHash("sha256").update(data).digest("hex") !== sha256)
    throw errors.badDigest("x-amz-content-sha256");
  return { data, checksums };
}

/** `size;chunk-signature=…\r\n data \r\n` until a chunk of size 0, then trailers: the framing that the SDKs use for streams. */
function unchunk(body: Buffer): { data: Buffer; trailers: Record<string, string> } {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf("\r\n", at);
    if (end < 0) throw errors.incomplete();
    const size = Number.parseInt(body.toString("latin1", at, end), 16);
    if (!Number.isInteger(size) || size < 0) throw errors.incomplete();
    at = end + 2;
    if (size === 0) break;
    if (at + size > body.length) throw errors.incomplete();
    parts.push(body.subarray(at, at + size));
    at += size + 2;
  }
  const lines = body.toString("latin1", at).split("\r\n").filter(Boolean);
  const trailers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(":")).trim().toLowerCase(),
      line.slice(line.indexOf(":") + 1).trim(),
    ]),
  );
  return { data: Buffer.concat(parts), trailers };
}
