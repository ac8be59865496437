import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFunction, startLambda, type TestLambda, temporaryFolder } from "../support/cloud.ts";

let cloud: TestLambda;
let port: number;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  temporary = await temporaryFolder();
  cloud = await startLambda(temporary.folder);
  port = Number(new URL(cloud.endpoint).port);
  await createFunction(cloud.lambda, "plain", { source: "export const handler = async (event) => event;" });
});
afterAll(async () => {
  await cloud.close();
  await temporary.remove();
});

const INVOKE = "/2015-03-31/functions/plain:live/invocations";

/**
 * Sends text as it is, and answers what came until the connection or the patience ended, and how much was taken. The body
 * ends with the answer, or goes on for as many chunks `past` it.
 */
async function raw(head: string, body?: { chunk: Buffer; count: number; past?: number }) {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    answer += text;
  });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(head);
  let written = 0;
  let past = body?.past ?? 0;
  while (body && written < body.count * body.chunk.length && !socket.destroyed) {
    if (answer !== "" && past-- <= 0) break;
    // No faster than it is taken, so that the bytes written tell what the server let in.
    const taken = socket.write(body.chunk) || Promise.race([once(socket, "drain"), once(socket, "close")]);
    written += body.chunk.length;
    await taken;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const until = Date.now() + 5_000;
  while (!/\r\n\r\n.*[}>]/s.test(answer) && Date.now() < until && !socket.destroyed)
    await new Promise((resolve) => setTimeout(resolve, 5));
  socket.destroy();
  return { status: Number(answer.split(" ")[1]), answer, written };
}
const request = (host: string, more = "") =>
  `POST ${INVOKE} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 2\r\n${more}\r\n{}`;

test.each(["127.0.0.1", "localhost", "127.0.0.1:4566", "[::1]:4566", "localhost:1"])(
  "the host %s is served",
  async (host) => {
    expect((await raw(request(host))).status).toBe(200);
  },
);

test.each([
  "evil.example",
  "evil.example:4566",
  "127.0.0.1.evil.example",
  "localhost.evil.example",
  "127.0.0.1@evil.example",
  "169.254.169.254",
  "0.0.0.0",
  "",
])("the host %j is refused, as after a DNS rebinding, and nothing is done", async (host) => {
  expect((await raw(request(host))).status).toBe(403);
});

test("HTTP/2's :authority is held to the same", async () => {
  const session = connectHttp2(cloud.endpoint);
  const ask = async (authority: string) => {
    const stream = session.request({ ":path": "/model/x/converse", ":method": "POST", ":authority": authority });
    stream.end("{}");
    const [headers] = (await once(stream, "response")) as [Record<string, unknown>];
    stream.close();
    return headers[":status"];
  };
  expect(await ask("evil.example")).toBe(403);
  expect(await ask(`127.0.0.1:${port}`)).not.toBe(403);
  session.destroy();
});

test.each([
  ["of another origin", "Origin: https://evil.example\r\n"],
  ["in a sandbox", "Origin: null\r\n"],
  ["that hides its origin", "Sec-Fetch-Site: cross-site\r\n"],
])("a web page %s is refused", async (_, header) => {
  expect((await raw(request("127.0.0.1", header))).status).toBe(403);
});

test("it listens on loopback and on nothing else", async () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .filter((one) => one && !one.internal && one.family === "IPv4");
  for (const one of outside) {
    const socket = connect(port, one?.address);
    const outcome = await once(socket, "connect").then(
      () => "connected",
      () => "refused",
    );
    socket.destroy();
    expect(outcome).toBe("refused");
  }
});

const MB = 1024 * 1024;
test.each([
  ["an invocation", INVOKE, 6 * MB],
  ["a callback's result", "/2025-12-01/durable-execution-callbacks/bm9uZQ%3D%3D/succeed", MB],
  ["a checkpoint", "/2025-12-01/durable-executions/none/checkpoint", 16 * MB],
  ["a stop", "/2025-12-01/durable-executions/none/stop", 2 * MB],
  ["a function's code", "/2015-03-31/functions", 70 * MB],
  ["an alias", "/2015-03-31/functions/plain/aliases", MB],
])("%s that is announced over its limit is refused before a byte of it is read", async (_, path, limit) => {
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${limit + 1}\r\n\r\n`;
  const { status, answer } = await raw(head);
  expect(status).toBe(413);
  expect(answer).toContain("RequestTooLargeException");
  expect(answer).toMatch(/connection: close/i);
});

test.each([
  ["is refused while it is being sent", 0],
  ["is told so even where its sender does not stop at the answer", 40],
])("a body that grows over its limit unannounced %s", async (_, past) => {
  const head = `POST ${INVOKE} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const part = Buffer.alloc(256 * 1024, "x");
  const chunk = Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from("\r\n")]);
  const { status, written } = await raw(head, { chunk, count: 400, past });
  expect(status).toBe(413);
  expect(written).toBeLessThan(40 * MB + past * chunk.length);
});

test("the same limits hold to the byte, through the SDK", async () => {
  const invoke = (bytes: number, InvocationType: "Event" | "RequestResponse") =>
    cloud.lambda.invoke({ FunctionName: "plain:live", InvocationType, Payload: `"${"x".repeat(bytes - 2)}"` });
  expect((await invoke(MB, "Event")).StatusCode).toBe(202);
  expect((await invoke(6 * MB, "RequestResponse")).FunctionError).toBeUndefined();
  await expect(invoke(MB + 1, "Event")).rejects.toMatchObject({ name: "RequestTooLargeException" });
  await expect(invoke(6 * MB + 1, "RequestResponse")).rejects.toMatchObject({ name: "RequestTooLargeException" });
});
