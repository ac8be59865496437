import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildAll } from "../build/all.ts";
import { root } from "../build/functions.ts";

interface Built {
  name: string;
  sha256: string;
}

/** The built functions of `dist/`; `build` makes them anew. */
export async function builtFunctions({ build }: { build: boolean }): Promise<readonly Built[]> {
  if (build) return buildAll();
  return JSON.parse(await readFile(join(root, "dist/manifest.json"), "utf8")) as Built[];
}

/** A function's zip as the stack names it: from the folder that the stack is written to. */
export function codeOf(functions: readonly Built[]) {
  return (folder: string) => {
    const built = functions.find(({ name }) => name === folder);
    if (!built) throw new Error(`The build has no function ${folder}.`);
    return { filename: `../../../../../dist/${folder}/function.zip`, sha256: built.sha256 };
  };
}
