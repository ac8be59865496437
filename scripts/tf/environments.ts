import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Environment } from "../../terraform/stacks/environment.ts";
import { root } from "../build/functions.ts";

const folder = join(root, "terraform/stacks/environments");

/** The environments' names: one file each. Nothing else lists them. */
export async function environmentNames(): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter((file) => file.endsWith(".ts")).map((file) => file.slice(0, -3));
}

/** @throws Error where there is no such environment, or its file says something that cannot be */
export async function loadEnvironment(name: string): Promise<Environment> {
  const names = await environmentNames();
  if (!names.includes(name)) throw new Error(`Expected --env to be one of ${names.join(", ")}, got ${name}.`);
  const file = pathToFileURL(join(folder, `${name}.ts`)).href;
  const { environment } = (await import(file)) as { environment: Environment };
  return environment;
}
