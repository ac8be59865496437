import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { FunctionVersion } from "../core/ports.ts";

const RUNTIME = fileURLToPath(new URL("./runtime.ts", import.meta.url));
/** Where it is installed (Linux), a function's process ends with the local cloud's, even where it loops for ever. */
const SETPRIV = ["/usr/bin/setpriv", "/bin/setpriv"].find((path) => existsSync(path));

/**
 * A process for a function: its environment, its code and a socket (file descriptor 3) are all that it has of the local
 * cloud.
 */
export function spawnRuntime({ folder, memoryMb }: FunctionVersion, environment: Record<string, string>) {
  const node = [process.execPath, `--max-old-space-size=${memoryMb}`, RUNTIME];
  const [program = "", ...args] = SETPRIV ? [SETPRIV, "--pdeathsig", "KILL", "--", ...node] : node;
  return spawn(program, args, {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  }) as ChildProcessByStdio<null, Readable, Readable>;
}
