import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { createServer, type Socket } from "node:net";
import { PortInUseError } from "./errors.ts";

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export interface Front {
  /** The port it listens on, on 127.0.0.1. */
  readonly port: number;
  /** Ends the open connections too. */
  close(): Promise<void>;
}

const HTTP2_PREFACE = "PRI * HTTP/2.0";

/**
 * One loopback port that speaks HTTP/1.1 and, with prior knowledge, HTTP/2 without TLS (Bedrock's client does): the first
 * bytes of a connection tell which. `option` is how the user names another port.
 */
export async function listen(listener: Listener, port: number, option: string): Promise<Front> {
  const guarded: Listener = (request, response) => (isLocal(request) ? listener(request, response) : refuse(response));
  const http1 = createHttpServer({ keepAliveTimeout: 60_000 }, guarded);
  // Node's compatibility layer gives HTTP/2 requests the same interface; its types do not say so.
  const http2 = createHttp2Server(guarded as unknown as Parameters<typeof createHttp2Server>[0]);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.once("readable", () => {
      const first = socket.read() as Buffer | null;
      if (!first) return socket.destroy();
      socket.unshift(first);
      const preface = first.subarray(0, HTTP2_PREFACE.length).toString("latin1");
      (preface === HTTP2_PREFACE ? http2 : http1).emit("connection", socket);
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortInUseError(port, option) : error),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      http1.close();
      http2.close();
      await closed;
    },
  };
}

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** A name that is not loopback means DNS rebinding; a foreign origin, a web page that reaches for this machine. */
function isLocal({ headers, method = "GET" }: IncomingMessage): boolean {
  const host = headers.host ?? String(headers[":authority"] ?? "");
  const origin = headers.origin;
  const foreign = origin !== undefined && origin !== "null" && !LOOPBACK.test(origin.replace(/^https?:\/\//, ""));
  // A browser says so of a page elsewhere, whatever origin that page hides behind.
  const crossSite = headers["sec-fetch-site"] === "cross-site" && !["GET", "HEAD"].includes(method);
  return LOOPBACK.test(host) && !foreign && !crossSite;
}

function refuse(response: ServerResponse) {
  response.writeHead(403, { "content-type": "application/json" });
  response.end(
    JSON.stringify({
      message: "Longhaul's local cloud answers to 127.0.0.1 and localhost alone, and to no page of another origin.",
    }),
  );
}
