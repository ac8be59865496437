import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.ts";
import { type FunctionSource, functionSources, root } from "./functions.ts";
import type { PackedFunction } from "./pack.ts";

/**
 * Bundles every function (or those that are given) into `dist/`. It is made aside and then moved into place, so that two builds at once, or one that
 * is stopped, leave a whole folder.
 */
export async function buildAll(dist = join(root, "dist"), given?: FunctionSource[]): Promise<PackedFunction[]> {
  const aside = `${dist}.${process.pid}.tmp`;
  try {
    await mkdir(aside, { recursive: true });
    const sources = given ?? (await functionSources());
    const packed = await allOrFirstError(sources.map((source) => bundle(source, aside)));
    const functions = packed.map((one) => ({ ...one, zip: join(dist, one.name, "function.zip") }));
    await writeFile(
      join(aside, "manifest.json"),
      `${JSON.stringify(
        functions.map(({ zip, ...rest }) => rest),
        null,
        2,
      )}\n`,
    );
    await replace(dist, aside);
    return functions;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Waits for all of them also where one fails: a bundle that is still written would outlive the folder's removal. */
async function allOrFirstError<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** A folder cannot be renamed onto one that is not empty: another build may have put its own there in between. */
async function replace(folder: string, aside: string) {
  for (let attempt = 1; ; attempt += 1) {
    await rm(folder, { recursive: true, force: true });
    try {
      return await rename(aside, folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (attempt === 5 || (code !== "ENOTEMPTY" && code !== "EEXIST")) throw error;
    }
  }
}
