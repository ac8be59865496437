import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** What the platform's process is told. */
export interface Given {
  /** The one that is deployed. */
  workflow: string;
  /** Default: real. */
  clock?: "real" | "virtual";
  folder: string;
  settings: Record<string, string>;
  /** `zip` is the file. */
  functions: readonly { name: string; sha256: string; zip: string }[];
  port: number;
  consolePort: number;
}

export interface Ready {
  endpoint: string;
  port: number;
  console: number;
}

/** A platform that can be killed and comes back on its folder and ports. */
export function createPlatform(options: Omit<Given, "port" | "consolePort">) {
  let child: ChildProcess | undefined;
  let ports: Ready | undefined;
  let given = options;
  return {
    /** Of the process, for what it weighs. */
    pid: () => child?.pid ?? 0,
    /** `functions`: from now on these are deployed. */
    async start(functions = given.functions): Promise<Ready> {
      given = { ...given, functions };
      const started = fork(
        join(import.meta.dirname, "platform-process.ts"),
        [JSON.stringify({ ...given, port: ports?.port ?? 0, consolePort: ports?.console ?? 0 } satisfies Given)],
        { stdio: ["ignore", "ignore", "inherit", "ipc"] },
      );
      child = started;
      const ended = once(started, "exit").then(([code]) => {
        throw new Error(`The platform ended with code ${code} before it was ready.`);
      });
      const [ready] = (await Promise.race([once(started, "message"), ended])) as [Ready];
      ended.catch(() => undefined);
      ports = ready;
      return ready;
    },
    /** SIGKILL: nothing is flushed, nothing is said. */
    async kill(): Promise<void> {
      if (!child || child.exitCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
