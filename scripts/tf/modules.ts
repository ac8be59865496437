import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../build/functions.ts";

export const modulesFolder = join(root, "terraform/modules");

/** The modules' names: their folders. */
export async function moduleNames(folder = modulesFolder): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
