import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Python's moto, an independent implementation of AWS's services, on a free port; undefined, and a printed line, where it
 * is not installed.
 */
export async function startMoto(): Promise<{ endpoint: string; close(): void } | undefined> {
  if (spawnSync("python3", ["-c", "import moto.server"], { stdio: "ignore", timeout: 60_000 }).status !== 0) {
    console.log("SKIPPED: the comparison with moto, which is not installed (python3 -c 'import moto.server').");
    return undefined;
  }
  const port = await freePort();
  const child = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answered = await fetch(`${endpoint}/moto-api/data.json`).then(
      () => true,
      () => false,
    );
    if (answered) return { endpoint, close: () => child.kill() };
    await sleep(100);
  }
  child.kill();
  throw new Error("moto did not answer within 30 s.");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
