import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.ts";
import { type FunctionSource, functionSources, root } from "./functions.ts";
import type { PackedFunction } from "./pack.ts";
import { writeSchemas } from "./schemas.ts";

/**
 * Bundles every function (or those that are given) into `dist/`; with all of them go the schemas of their events. It is made aside and then moved into place, so that two builds at once, or one that
 * is stopped, leave a whole folder.
 */
export async function buildAll(dist = join(root, "dist"), given?: FunctionSource[]): Promise<PackedFunction[]> {
  const aside = `${dist}.${process.pid}.tmp`;
  try {
    await mkdir(aside, { recursive: true });
    const sources = given ?? (await functionSources());
    const packed = await allOrFirstError(sources.map((source) => bundle(source, aside)));
    const manifest = packed.map(({ archive, ...rest }) => rest);
    await writeFile(join(aside, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    if (!given) await writeSchemas(join(aside, "schemas"));
    await replace(dist, aside);
    return packed;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Waits for all of them also where one fails: a bundle that is still written would outlive the folder's removal. */
async function allOrFirstError<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** A folder cannot be renamed onto one that is not empty, and another build may put its own there in between. */
async function replace(folder: string, aside: string) {
  const before = `${aside}.before`;
  try {
    for (let attempt = 1; ; attempt += 1) {
      await rm(before, { recursive: true, force: true });
      await rename(folder, before).catch(unless("ENOENT"));
      if (await rename(aside, folder).then(() => true, unless(...(attempt < 10 ? ["ENOTEMPTY", "EEXIST"] : []))))
        return;
    }
  } finally {
    await rm(before, { recursive: true, force: true });
  }
}

/** Takes an error with one of these codes for no error. */
function unless(...codes: string[]) {
  return (error: NodeJS.ErrnoException): undefined => {
    if (!codes.includes(error.code ?? "")) throw error;
  };
}
