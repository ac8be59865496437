import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { createReviewStore, createReviews } from "#callbacks";
import { names } from "#deployment";
import { createTable, listExecutions, succeedCallback } from "#platform";
import { eventually } from "../support/cloud.ts";

/** A reader's terminals: one for commands, which keeps its variables, and one in which the local cloud stays up. */
export async function openSession(folder: string) {
  const [port, consolePort] = await Promise.all([freePort(), freePort()]);
  // Other programs may have the ports that the guides name.
  const here = (text: string) => text.replaceAll("4566", String(port)).replaceAll("4680", String(consolePort));
  const state = join(folder, ".longhaul-session");
  let cloud: ChildProcess | undefined;

  async function stop() {
    if (!cloud) return;
    const ended = new Promise((resolve) => cloud?.once("close", resolve));
    cloud.kill("SIGTERM");
    await ended;
    cloud = undefined;
  }

  async function start(more: string[]) {
    await stop();
    const args = ["--max-semi-space-size=4", "--import", "./scripts/platform/compiled.mjs", "scripts/start.ts"];
    const ports = ["--port", String(port), "--console-port", String(consolePort)];
    const child = spawn(process.execPath, [...args, ...ports, ...more], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    cloud = child;
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (part: Buffer) => {
        said += part.toString();
      });
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`npm start ended:\n${said}`);
      return said.includes("Longhaul is up");
    }, 180_000);
  }

  /** One or more lines, as `bash` takes them; answers what they print. */
  const bash = (script: string) =>
    new Promise<string>((resolve, reject) => {
      const lines = `set -euo pipefail; set -a; [ ! -f ${state} ] || . ${state}\n${here(script)}\nexport -p > ${state}`;
      const path = `${join(folder, "node_modules/.bin")}:${process.env.PATH}`;
      const child = spawn("bash", ["-c", lines], { cwd: folder, env: { ...process.env, PATH: path } });
      let said = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (part: Buffer) => {
          said += part.toString();
        });
      child.once("error", reject);
      child.once("close", (code) =>
        code === 0 ? resolve(said) : reject(new Error(`${script}\nended with ${code}:\n${said}`)),
      );
    });

  return {
    bash,
    stop,
    /** Runs a block of shell; `npm start` goes into its own terminal. */
    async shell(text: string) {
      let before: string[] = [];
      for (const line of text.split("\n")) {
        if (!/^npm start\b/.test(line)) {
          before.push(line);
          continue;
        }
        if (before.length > 0) await bash(before.join("\n"));
        before = [];
        await start(
          line
            .replace(/^npm start( --)?/, "")
            .split(" ")
            .filter(Boolean),
        );
      }
      return bash(before.join("\n"));
    },
    /** Hana Holm approves the open review of a workflow, and its execution ends well. */
    async approve(workflow: string) {
      const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "eu-west-1" };
      Object.assign(process.env, credentials, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
      const store = createReviewStore(createTable(names.reviews));
      const reviews = createReviews({ store, answerCallback: succeedCallback });
      const open = await eventually(async () => {
        const { reviews: all } = await reviews.listOpen("hr-reviewer", { limit: 100 });
        return all.find((one) => one.workflow === workflow);
      });
      const hana = { subject: "hana.holm", name: "Hana Holm" };
      await reviews.decide(open.id, { outcome: "approved", reason: "Fine.", by: hana, roles: ["hr-reviewer"] });
      await eventually(async () => {
        const { executions } = await listExecutions({ FunctionName: names.workflow(workflow) });
        const one = executions.find(({ DurableExecutionArn }) => DurableExecutionArn === open.executionArn);
        if (one && one.Status !== "RUNNING" && one.Status !== "SUCCEEDED")
          throw new Error(`${workflow}: ${one.Status}`);
        return one?.Status === "SUCCEEDED";
      });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
