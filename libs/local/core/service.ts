import type { IncomingHttpHeaders } from "node:http";

/** One HTTP request, read whole. `path` is as sent (still percent-encoded), without the query; header names are lower case. */
export interface ServiceRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export interface ServiceResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** A local AWS service: answers its own wire protocol, its own error shapes included. It never throws for bad input. */
export interface Service {
  /** The name in SigV4's credential scope: `s3`, `sqs`, `lambda`, `ses`, `events`, `bedrock`, … */
  readonly name: string;
  /** The largest body it takes, in bytes; a larger one is refused before it is read. */
  readonly maxBodyBytes: number;
  handle(request: ServiceRequest): Promise<ServiceResponse>;
  /** Where some of its requests take less. */
  bodyLimit?(request: { method: string; path: string; headers: IncomingHttpHeaders }): number;
  /** What this service answers to a body over `limit` bytes. */
  tooLarge(limit: number): ServiceResponse;
}
