import { type ForkOptions, fork } from "node:child_process";
import { once } from "node:events";
import { memoryMb } from "./memory.ts";

export interface Child {
  /** Sends a request to the child and answers its reply. @throws Error with the child's words, or after a minute without any */
  ask<T>(request: unknown): Promise<T>;
  /** Its memory and that of the processes below it, in megabytes. */
  memoryMb(): Promise<number>;
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>;
}

type Reply = { id: number; value?: unknown; error?: string };

const DEADLINE_MS = 60_000;

/** A process of its own that answers requests; `file` calls `serve`. */
export function startChild(
  file: string,
  args: readonly string[] = [],
  options: Pick<ForkOptions, "uid" | "gid" | "execArgv"> = {},
): Child {
  const child = fork(file, [...args], { stdio: ["ignore", "ignore", "inherit", "ipc"], ...options });
  const waiting = new Map<number, { settle: (reply: Omit<Reply, "id">) => void; timer: NodeJS.Timeout }>();
  let last = 0;
  const settle = ({ id, ...reply }: Reply) => {
    const asked = waiting.get(id);
    if (!asked) return;
    waiting.delete(id);
    clearTimeout(asked.timer);
    asked.settle(reply);
  };
  child.on("message", (reply: Reply) => settle(reply));
  child.on("exit", (code) => {
    for (const id of waiting.keys()) settle({ id, error: `${file} ended with exit code ${code}.` });
  });
  return {
    ask: <T>(request: unknown) =>
      new Promise<T>((resolve, reject) => {
        last += 1;
        const id = last;
        const timer = setTimeout(() => settle({ id, error: `${file} did not answer within a minute.` }), DEADLINE_MS);
        waiting.set(id, {
          timer,
          settle: ({ value, error }) => (error === undefined ? resolve(value as T) : reject(new Error(error))),
        });
        child.send({ id, request });
      }),
    memoryMb: () => memoryMb(child.pid ?? 0),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

/** In the child: answers each request. It ends with its parent. */
export function serve(answer: (request: never) => Promise<unknown>) {
  process.on("message", ({ id, request }: { id: number; request: never }) => {
    answer(request).then(
      (value) => process.send?.({ id, value } satisfies Reply),
      (error: unknown) => process.send?.({ id, error: String(error) } satisfies Reply),
    );
  });
  process.once("disconnect", () => process.exit());
}
