import type { IncomingMessage, ServerResponse } from "node:http";
import { AnswerLost, type Faults, withFaults } from "./faults.ts";
import type { Listener } from "./front.ts";
import type { Service, ServiceRequest, ServiceResponse } from "./service.ts";
import { restJsonError, WireError } from "./wire-error.ts";

export interface GatewayOptions {
  services: readonly Service[];
  /** Servers that read the request themselves: by the service's name in the signature, or by the path's beginning. */
  handOn: { dynamodb: Listener; paths: Readonly<Record<string, Listener>> };
  onError: (error: unknown) => void;
  faults?: Faults | undefined;
}

/** Finds each request's service and answers by it. A service that throws answers 500 as a service does. */
export function createGateway({ services, handOn, onError, faults }: GatewayOptions): Listener {
  const byName = new Map(services.map((service) => [service.name, service]));
  return (request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const handedOn = Object.entries(handOn.paths).find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
    if (handedOn) return handedOn[1](request, response);
    const name = serviceOf(request, path);
    if (name === "dynamodb") return handOn.dynamodb(request, response);
    const service = byName.get(name);
    if (isFromSandboxedPage(request)) return send(response, restJsonError(errorForPages()));
    const answer = service ? serve(service, request, { path, faults }) : Promise.resolve(unknownService(name));
    answer
      .catch((error: unknown) => {
        if (error instanceof AnswerLost) throw error;
        if (error instanceof WireError) return restJsonError(error);
        onError(error);
        return restJsonError(
          new WireError("InternalFailure", 500, "The local cloud failed on this request; its log says why."),
        );
      })
      .then((result) => send(response, result))
      .catch((error: unknown) => {
        if (error instanceof AnswerLost) request.socket.destroy();
        else onError(error);
      });
  };
}

/** No AWS client has an opaque origin: it is a page's, in a sandbox or a frame. */
const isFromSandboxedPage = ({ headers, method }: IncomingMessage) => headers.origin === "null" && method !== "GET";
const errorForPages = () =>
  new WireError("AccessDeniedException", 403, "The local cloud's services answer to no web page.");

/** AWS clients name the service in the signature's scope: `Credential=KEY/DATE/REGION/SERVICE/aws4_request`. */
function serviceOf(request: IncomingMessage, path: string): string {
  const signature =
    request.headers.authorization ??
    decodeURIComponent(/[?&]X-Amz-Credential=([^&]*)/.exec(request.url ?? "")?.[1] ?? "");
  const signed = /[^/\s=]+\/\d{8}\/[^/]+\/([a-z0-9-]+)\/aws4_request/.exec(signature)?.[1];
  if (signed) return signed;
  const target = String(request.headers["x-amz-target"] ?? "");
  if (target.startsWith("DynamoDB")) return "dynamodb";
  if (target.startsWith("AmazonSQS")) return "sqs";
  if (target.startsWith("AWSEvents")) return "events";
  if (target.startsWith("Logs_")) return "logs";
  if (/^\/20\d\d-\d\d-\d\d\//.test(path) || path.startsWith("/_longhaul/functions/")) return "lambda";
  if (path.startsWith("/model/")) return "bedrock";
  return path.startsWith("/v2/email/") ? "ses" : "s3";
}

async function serve(
  service: Service,
  request: IncomingMessage,
  { path, faults }: { path: string; faults: Faults | undefined },
): Promise<ServiceResponse> {
  const { method = "GET", headers: given } = request;
  const limit = service.bodyLimit?.({ method, path, headers: given }) ?? service.maxBodyBytes;
  const body = await readBody(request, limit);
  if (!body) {
    const refusal = service.tooLarge(limit);
    return { ...refusal, headers: { ...refusal.headers, connection: "close" } };
  }
  const query = new URLSearchParams((request.url ?? "").split("?").slice(1).join("?"));
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(",") : (value ?? ""),
    ]),
  );
  const whole: ServiceRequest = { method, path, query, headers, body };
  const work = () => service.handle(whole);
  return faults ? withFaults(faults, { service: service.name, method, path, road: "http" }, work) : work();
}

/** The whole body, or undefined once it is over the limit: what is announced too large is not read at all. */
function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const take = (part: Buffer) => {
      size += part.length;
      if (size <= limit) return void parts.push(part);
      request.off("data", take).pause();
      resolve(undefined);
    };
    request.on("data", take);
    request.on("end", () => resolve(parts.length === 1 ? parts[0] : Buffer.concat(parts)));
    request.on("error", reject);
    // Also where the client has gone in the middle of it.
    request.on("close", () => {
      if (!request.complete) reject(new Error("The request ended before its body did."));
    });
  });
}

function send(response: ServerResponse, { status, headers = {}, body = "" }: ServiceResponse) {
  const forHttp2 = "stream" in response;
  const { connection, ...rest } = headers;
  // A length spares the chunks; an answer to HEAD, and one that has no body by its status, give none of their own.
  const hasLength = "content-length" in rest || status === 204 || status === 304 || response.req.method === "HEAD";
  response.writeHead(status, {
    ...rest,
    ...(!hasLength && { "content-length": Buffer.byteLength(body) }),
    ...(connection && !forHttp2 && { connection }),
  });
  if (connection === "close" && !forHttp2) endAfterRequest(response, body);
  else response.end(body);
}

const LINGERING_MS = 2_000;

/**
 * Closing a connection on which unread bytes wait resets it, and the client loses the answer that it has not read yet. So
 * what still comes is read and dropped until the client has closed or its time is over (as in RFC 9112, 9.6).
 */
function endAfterRequest(response: ServerResponse, body: string | Uint8Array) {
  const { req: request } = response;
  response.write(body);
  if (request.complete) return void response.end();
  const end = () => {
    clearTimeout(patience);
    response.end();
  };
  const patience = setTimeout(end, LINGERING_MS);
  request.once("end", end).once("close", end).resume();
}

function unknownService(name: string): ServiceResponse {
  return restJsonError(
    new WireError(
      "UnknownServiceException",
      400,
      `The local cloud has no service ${JSON.stringify(name)}; docs/local-cloud.md lists those that it has.`,
    ),
  );
}
