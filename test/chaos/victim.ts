import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export interface Victim {
  endpoint: string;
  /** Starts it again on its folder; resolves when it answers. */
  start(): Promise<void>;
  /** SIGKILL, at once. */
  kill(): Promise<void>;
  /** What it wrote to standard error, where it is quiet. */
  complaints(): string;
}

/** The local cloud in a process that may be killed at any moment, always on the same port. */
export async function createVictim(folder: string, seed: number, options: { quiet?: boolean } = {}): Promise<Victim> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  let lives = 0;
  let complaints = "";
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async start() {
      lives += 1;
      const program = new URL("./cloud-process.ts", import.meta.url).pathname;
      const args = [program, folder, String(port), String(seed + lives)];
      const started = spawn(process.execPath, args, { stdio: ["ignore", "pipe", options.quiet ? "pipe" : "inherit"] });
      started.stderr?.setEncoding("utf8").on("data", (text: string) => {
        complaints += text;
      });
      child = started;
      const lines = createInterface({ input: started.stdout as Readable });
      await Promise.race([
        once(lines, "line"),
        once(started, "close").then(([code]) =>
          Promise.reject(new Error(`The cloud ended with ${code} at its start.`)),
        ),
      ]);
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) throw new Error("The cloud ended by itself.");
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
    complaints: () => complaints,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
