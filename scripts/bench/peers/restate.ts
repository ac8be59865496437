import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startChild } from "../child.ts";
import { eventually } from "../eventually.ts";
import { freePort } from "../free-port.ts";
import { createHttp, succeeded } from "../http.ts";
import { memoryMb } from "../memory.ts";
import { SLEEP_SOME_MS, type Subject } from "../subject.ts";
import type { Work } from "../workflow.ts";
import type { RestateRequest } from "./restate-process.ts";

const SERVER = `node_modules/@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`;
const INVOKE = "/bench/work";
const JSON_HEADERS = { "content-type": "application/json" };

/** The Restate server, and a process with the handlers that it calls. */
export async function startRestate(packages: string): Promise<Subject> {
  const data = await mkdtemp(join(tmpdir(), "longhaul-bench-restate-"));
  const handlers = startChild(join(import.meta.dirname, "restate-process.ts"), [packages]);
  const [ingress, admin, node] = [await freePort(), await freePort(), await freePort()];
  const environment = {
    DO_NOT_TRACK: "1",
    RUST_LOG: "off",
    RESTATE_DISABLE_TELEMETRY: "true",
    // Of itself it keeps the handler of what sleeps for a minute, and a thousand handlers at most.
    RESTATE_WORKER__INVOKER__INACTIVITY_TIMEOUT: "1s",
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
  };
  const boot = async () => {
    const args = ["--no-logo", "--listen-mode", "tcp", "--bind-ip", "127.0.0.1", "--bind-port", String(node)];
    const server = spawn(join(packages, SERVER), [...args, "--base-dir", data, "--node-name", "bench"], {
      env: environment,
      stdio: "ignore",
    });
    await eventually(() => answers(`http://127.0.0.1:${ingress}/restate/health`), 5);
    return server;
  };
  let server = await boot();
  await eventually(() => answers(`http://127.0.0.1:${admin}/health`), 20);
  await register(admin, await handlers.ask<number>({ port: true } satisfies RestateRequest));
  let http = createHttp(`http://127.0.0.1:${ingress}`);
  const invoke = (work: Work & { key?: string }) =>
    http.send("POST", INVOKE, { body: JSON.stringify(work), headers: JSON_HEADERS });
  const kill = async () => {
    server.kill("SIGKILL");
    await once(server, "exit");
    http.close();
  };
  const memory = async () => (await memoryMb(server.pid ?? 0)) + (await handlers.memoryMb());
  let keys = 0;

  return {
    async run(steps) {
      const body = succeeded(await invoke({ steps }));
      if (body !== String(steps)) throw new Error(`Expected ${steps}, got ${body}`);
    },
    async awaitCallback() {
      keys += 1;
      const key = String(keys);
      const result = invoke({ callback: true, key });
      const ask = () => handlers.ask<string | undefined>({ callback: key } satisfies RestateRequest);
      const id = await eventually(ask, 1);
      return async () => {
        const path = `/restate/awakeables/${id}/resolve`;
        succeeded(await http.send("POST", path, { body: '"yes"', headers: JSON_HEADERS }));
        if (succeeded(await result) !== '"yes"') throw new Error(`Expected "yes", got ${(await result).body}`);
      };
    },
    async sleep(count) {
      let begun = 0;
      const start = async () => {
        while (begun < count) {
          begun += 1;
          const body = JSON.stringify({ asleep: true } satisfies Work);
          succeeded(await http.send("POST", `${INVOKE}/send`, { body, headers: JSON_HEADERS }));
        }
      };
      await Promise.all(Array.from({ length: 64 }, start));
      await eventually(async () => (await countSuspended(admin)) >= count, 500);
      await delay(SLEEP_SOME_MS);
      const rssMb = await memory();
      await kill();
      const began = performance.now();
      server = await boot();
      const backMs = performance.now() - began;
      http = createHttp(`http://127.0.0.1:${ingress}`);
      return { rssMb, backMs };
    },
    rssMb: memory,
    async close() {
      await kill();
      await handlers.kill();
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}

async function register(admin: number, handlers: number) {
  const response = await fetch(`http://127.0.0.1:${admin}/deployments`, {
    method: "POST",
    headers: JSON_HEADERS,
    body: JSON.stringify({ uri: `http://127.0.0.1:${handlers}` }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`Restate did not take the handlers: ${await response.text()}`);
}

async function countSuspended(admin: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${admin}/query`, {
    method: "POST",
    headers: { ...JSON_HEADERS, accept: "application/json" },
    body: JSON.stringify({ query: "SELECT count(*) AS n FROM sys_invocation WHERE status = 'suspended'" }),
    signal: AbortSignal.timeout(10_000),
  });
  const { rows } = (await response.json()) as { rows: { n: number }[] };
  return rows[0]?.n ?? 0;
}
