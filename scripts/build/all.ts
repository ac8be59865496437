import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.ts";
import { functionSources, root } from "./functions.ts";
import type { PackedFunction } from "./pack.ts";

/**
 * Bundles every function into `dist/`. It is made aside and then moved into place, so that two builds at once, or one that
 * is stopped, leave a whole folder.
 */
export async function buildAll(dist = join(root, "dist")): Promise<PackedFunction[]> {
  const aside = `${dist}.${process.pid}.tmp`;
  try {
    await mkdir(aside, { recursive: true });
    const sources = await functionSources();
    const packed = await Promise.all(sources.map((source) => bundle(source, aside)));
    const functions = packed.map((one) => ({ ...one, zip: join(dist, one.name, "function.zip") }));
    await writeFile(
      join(aside, "manifest.json"),
      `${JSON.stringify(
        functions.map(({ zip, ...rest }) => rest),
        null,
        2,
      )}\n`,
    );
    await rm(dist, { recursive: true, force: true });
    await rename(aside, dist);
    return functions;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
