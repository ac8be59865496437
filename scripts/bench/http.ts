import { connect, type Socket } from "node:net";

export interface Answer {
  status: number;
  body: string;
  /** Of the durable execution that the request started. */
  arn?: string;
}

interface Line {
  socket: Socket;
  /** What has come of the answer. */
  received: string;
  waiting: PromiseWithResolvers<Answer> | undefined;
}

const DEADLINE_MS = 60_000;
const END_OF_HEAD = "\r\n\r\n";

/**
 * An HTTP/1.1 client for one server on this machine that answers in ASCII with a length: kept connections, one request at a
 * time on each. It does next to nothing, so that on few cores the engine is measured and not its client.
 */
export function createHttp(endpoint: string) {
  const { hostname, port, host } = new URL(endpoint);
  const free: Line[] = [];
  const all = new Set<Line>();

  const open = (): Line => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true }).setEncoding("latin1");
    const line: Line = { socket, received: "", waiting: undefined };
    const fail = (error: Error) => {
      all.delete(line);
      if (free.includes(line)) free.splice(free.indexOf(line), 1);
      line.waiting?.reject(error);
      socket.destroy();
    };
    socket.on("data", (text) => {
      line.received += String(text);
      const answer = parse(line.received);
      if (!answer) return;
      const { waiting } = line;
      line.received = "";
      line.waiting = undefined;
      free.push(line);
      waiting?.resolve(answer);
    });
    socket.on("error", fail).on("close", () => fail(new Error("The server closed the connection.")));
    socket.setTimeout(DEADLINE_MS, () => fail(new Error(`No answer within ${DEADLINE_MS} ms.`)));
    all.add(line);
    return line;
  };

  return {
    send(method: string, path: string, { body = "", headers = {} }: { body?: string; headers?: object } = {}) {
      const line = free.pop() ?? open();
      line.waiting = Promise.withResolvers();
      let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
      for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`;
      line.socket.write(`${head}\r\n${body}`);
      return line.waiting.promise;
    },
    close() {
      for (const { socket } of all) socket.destroy();
    },
  };
}

/** Undefined until all of it is there. */
function parse(received: string): Answer | undefined {
  const end = received.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const head = received.slice(0, end);
  const body = received.slice(end + END_OF_HEAD.length);
  if (body.length < Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)) return undefined;
  const arn = /^x-amz-durable-execution-arn: (.*)$/im.exec(head)?.[1];
  return { status: Number(head.slice("HTTP/1.1 ".length, "HTTP/1.1 200".length)), body, ...(arn && { arn }) };
}

/** @throws Error with the answer, where it is no success */
export function succeeded({ status, body }: Answer): string {
  if (status < 200 || status > 299) throw new Error(`HTTP ${status}: ${body.slice(0, 500)}`);
  return body;
}
