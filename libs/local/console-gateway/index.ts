import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Listener } from "../core/front.ts";
import type { InvocationEnd } from "../core/ports.ts";

const MAX_BODY_BYTES = 1024 * 1024;

/** API Gateway's HTTP API in front of one function (payload format 2.0): the console's bundle runs as it does in Lambda. */
export function createConsoleGateway(options: {
  account: string;
  invoke: (event: unknown) => Promise<InvocationEnd>;
  now: () => number;
  onError: (error: unknown) => void;
}): Listener {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const event = await toEvent(request, options);
    if (!event) return plain(response, 413, "The request is too large.");
    const end = await options.invoke(event);
    if (end.kind === "answer") return send(response, JSON.parse(end.payload));
    options.onError(new Error(`The console's function ended with ${end.error.ErrorType}: ${end.error.ErrorMessage}`));
    plain(response, 502, "The console could not answer. Its log says why; please try again.");
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.onError(error);
      if (!response.headersSent) plain(response, 500, "The console could not answer. Please try again.");
      else response.end();
    });
  };
}

async function toEvent(
  request: IncomingMessage,
  { account, now }: { account: string; now: () => number },
): Promise<APIGatewayProxyEventV2 | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY_BYTES) return undefined;
    parts.push(part);
  }
  const [rawPath = "/", rawQueryString = ""] = (request.url ?? "/").split(/\?(.*)/s);
  const { cookie, ...headers } = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const method = request.method ?? "GET";
  const time = now();
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    ...(cookie && { cookies: cookie.split("; ") }),
    headers,
    ...(rawQueryString && { queryStringParameters: Object.fromEntries(new URLSearchParams(rawQueryString)) }),
    requestContext: {
      accountId: account,
      apiId: "local",
      domainName: headers.host ?? "127.0.0.1",
      domainPrefix: "local",
      http: {
        method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: "$default",
      stage: "$default",
      time: new Date(time).toISOString(),
      timeEpoch: time,
    },
    ...(size > 0 && { body: Buffer.concat(parts).toString("base64") }),
    isBase64Encoded: size > 0,
  };
}

function send(response: ServerResponse, result: APIGatewayProxyStructuredResultV2) {
  const { statusCode = 200, headers = {}, cookies = [], body = "", isBase64Encoded } = result;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  response.writeHead(statusCode);
  response.end(isBase64Encoded ? Buffer.from(body, "base64") : body);
}

function plain(response: ServerResponse, status: number, text: string) {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
}
