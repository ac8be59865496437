import { readFile } from "node:fs/promises";
import { deploy, startLocalCloud } from "#local";
import { createAdminClients } from "#platform/admin";
import { loadContracts } from "../../scripts/build/functions.ts";
import type { Given, Ready } from "./platform.ts";

// The platform in a process of its own, to be killed. It says when it is ready.
const { workflow, clock, folder, settings, functions, port, consolePort } = JSON.parse(
  process.argv[2] ?? "{}",
) as Given;
const cloud = await startLocalCloud({
  folder,
  port,
  consolePort,
  bedrock: { mode: "offline" },
  ...(clock && { clock }),
  onError: (error) => console.error(error),
});
const clients = await createAdminClients(cloud);
await deploy(clients, {
  contracts: (await loadContracts()).filter(({ name }) => name === workflow),
  functions: await Promise.all(functions.map(async (one) => ({ ...one, archive: await readFile(one.zip) }))),
  consoleUrl: cloud.consoleUrl,
  consoleEnvironment: cloud.consoleEnvironment,
  settings,
  modelId: "longhaul-offline",
});
cloud.startSchedules();
const portOf = (url: string) => Number(new URL(url).port);
const ready: Ready = { endpoint: cloud.endpoint, port: portOf(cloud.endpoint), console: portOf(cloud.consoleUrl) };
process.send?.(ready);
// Without its parent it has no reason to be.
process.on("disconnect", () => process.exit(0));
