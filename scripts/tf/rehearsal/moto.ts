import { spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";

/** moto's account: https://docs.getmoto.org */
export const MOTO_ACCOUNT = "123456789012";

export interface Moto {
  endpoint: string;
  close(): Promise<void>;
}

const START_DEADLINE_MS = 60_000;

/** Starts `moto_server` on a free loopback port; undefined where it is not installed. */
export async function startMoto(): Promise<Moto | undefined> {
  const port = await freePort();
  const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("error", () => resolve()).once("close", () => resolve()));
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_DEADLINE_MS;
  while (!isOver && Date.now() < deadline) {
    const answers = await fetch(`${endpoint}/moto-api/`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers)
      return {
        endpoint,
        async close() {
          child.kill();
          await ended;
        },
      };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill();
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
