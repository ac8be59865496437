import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { build, type ImportKind, type Metafile } from "esbuild";
import { type FunctionSource, root } from "./functions.ts";
import { leaner } from "./leaner.ts";
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
    // Not its rewriting of syntax: on the PDF reader, which is minified already, that takes 2 s and 700 MB for 0.3 % of the bytes.
    minifyWhitespace: true,
    minifyIdentifiers: true,
    keepNames: true,
    legalComments: "none",
    external: source.external ?? [],
    plugins: [leaner],
    logLevel: "warning",
    absWorkingDir: root,
    write: false,
    metafile: true,
    // Parts of the AWS SDK are CommonJS and ask for Node's own modules by `require`.
    banner: {
      js: `import{createRequire as longhaulRequire}from"node:module";const require=longhaulRequire(import.meta.url);`,
    },
  });
  const entry = relative(root, join(folder, "index.mjs"));
  const used = reachable(result.metafile.outputs, entry);
  const atStart = reachable(result.metafile.outputs, entry, "import-statement");
  const files = result.outputFiles
    .filter(({ path }) => used.has(relative(root, path)))
    .map(({ path, contents }) => ({
      path: relative(folder, path),
      contents,
      isReadAtStart: atStart.has(relative(root, path)),
    }));
  for (const { path, contents } of files) {
    const file = join(folder, path);
    await mkdir(join(file, ".."), { recursive: true });
    await writeFile(file, contents);
  }
  return pack(source.name, folder, files);
}

/**
 * The outputs that the entry comes to, by imports of one kind or of any. Others are what code that was shaken off would have
 * loaded when first used.
 */
function reachable(outputs: Metafile["outputs"], entry: string, kind?: ImportKind): Set<string> {
  const found = new Set([entry]);
  for (const path of found)
    for (const { path: next, kind: by } of outputs[path]?.imports ?? [])
      if (outputs[next] && by === (kind ?? by)) found.add(next);
  return found;
}
