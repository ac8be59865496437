import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { type FunctionSource, root } from "./functions.ts";
import { type PackedFunction, pack } from "./pack.ts";

/**
 * Bundles one function to `<dist>/<name>/`: `index.mjs`, chunks that load when first used (AWS clients, the PDF reader), and
 * `function.zip` with both. Class names are kept, for errors are known by them across checkpoints.
 */
export async function bundle(source: FunctionSource, dist: string): Promise<PackedFunction> {
  const folder = join(dist, source.name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const result = await build({
    stdin: { contents: source.entry, resolveDir: root, sourcefile: `${source.name}.entry.ts`, loader: "ts" },
    outdir: folder,
    entryNames: "index",
    chunkNames: "chunks/[name]-[hash]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    // A CommonJS module that loads when first used loses its named exports; the AWS SDK also comes as modules.
    mainFields: ["module", "main"],
    minify: true,
    keepNames: true,
    legalComments: "none",
    logLevel: "warning",
    absWorkingDir: root,
    write: false,
    // Parts of the AWS SDK are CommonJS and ask for Node's own modules by `require`.
    banner: {
      js: `import{createRequire as longhaulRequire}from"node:module";const require=longhaulRequire(import.meta.url);`,
    },
  });
  const files = result.outputFiles.map(({ path, contents }) => ({ path: path.slice(folder.length + 1), contents }));
  for (const { path, contents } of files) {
    const file = join(folder, path);
    await mkdir(join(file, ".."), { recursive: true });
    await writeFile(file, contents);
  }
  return pack(source.name, folder, files);
}
