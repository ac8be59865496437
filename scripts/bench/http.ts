import { Agent, request } from "node:http";

export interface Answer {
  status: number;
  body: string;
  /** Of the durable execution that the request started. */
  arn?: string;
}

const DEADLINE_MS = 60_000;

/** A plain HTTP client on kept connections: it costs less than an SDK's, so that the engine is measured and not the client. */
export function createHttp(endpoint: string) {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(endpoint);
  const send = (method: string, path: string, { body = "", headers = {} }: { body?: string; headers?: object } = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const outgoing = request(
        { agent, hostname, port, method, path, headers: { ...headers, "content-length": Buffer.byteLength(body) } },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (part: string) => {
            text += part;
          });
          response.on("end", () => {
            const arn = response.headers["x-amz-durable-execution-arn"];
            resolve({ status: response.statusCode ?? 0, body: text, ...(typeof arn === "string" && { arn }) });
          });
          response.on("error", reject);
        },
      );
      outgoing.setTimeout(DEADLINE_MS, () =>
        outgoing.destroy(new Error(`No answer within ${DEADLINE_MS} ms: ${path}`)),
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  return { send, close: () => agent.destroy() };
}

/** @throws Error with the answer, where it is no success */
export function succeeded({ status, body }: Answer): string {
  if (status < 200 || status > 299) throw new Error(`HTTP ${status}: ${body.slice(0, 500)}`);
  return body;
}
