import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, workflowNames } from "../build/functions.ts";

/** A workflow's stand-in for the outside world: `workflows/<name>/sandbox/index.ts` exports `startSandbox`. */
export interface Sandbox {
  url: string;
  /** What its function must be told to reach it. */
  settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts the sandboxes of the workflows that have one; on AWS real counterparties take their place. */
export async function startSandboxes(folder: string) {
  const names = (await workflowNames()).filter((name) => existsSync(fileOf(name)));
  const sandboxes = new Map<string, Sandbox>();
  for (const name of names) {
    const { startSandbox } = (await import(pathToFileURL(fileOf(name)).href)) as {
      startSandbox: (options: { folder: string }) => Promise<Sandbox>;
    };
    sandboxes.set(name, await startSandbox({ folder }));
  }
  const all = [...sandboxes.values()];
  return {
    settings: Object.assign({}, ...all.map(({ settings }) => settings)) as Record<string, string>,
    urls: Object.fromEntries([...sandboxes].map(([name, { url }]) => [name, url])),
    close: async () => void (await Promise.all(all.map((sandbox) => sandbox.close()))),
  };
}

const fileOf = (workflow: string) => join(root, "workflows", workflow, "sandbox", "index.ts");
