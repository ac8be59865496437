import { execFile } from "node:child_process";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { root } from "../build/functions.ts";
import type { Choices } from "./choices.ts";
import { render } from "./render.ts";

/** Writes a workflow's files into a folder, as the templates give them. Answers their paths. */
export async function writeFiles(folder: string, choices: Choices): Promise<string[]> {
  const files = await render(choices);
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return [...files.keys()];
}

/** Puts imports in order and formats, as `npm run check` asks, in a repository's folders. */
export async function format(repository: string, folders: readonly string[]): Promise<void> {
  await promisify(execFile)(join(root, "node_modules/.bin/biome"), ["check", "--write", ...folders], {
    cwd: repository,
  });
}

/**
 * Makes `workflows/<name>`. It is made beside, under a name that nothing takes for a workflow, and moved into place when `finish`
 * has done the rest: what fails or is stopped leaves nothing.
 */
export async function writeWorkflow(
  workflows: string,
  choices: Choices,
  finish: (folder: string) => Promise<void>,
): Promise<string[]> {
  const aside = join(workflows, `.${choices.name}.${process.pid}.tmp`);
  const leave = () => rm(aside, { recursive: true, force: true });
  const stopped = () => void leave().finally(() => process.exit(130));
  process.once("SIGINT", stopped).once("SIGTERM", stopped);
  try {
    const files = await writeFiles(aside, choices);
    await format(dirname(workflows), [aside]);
    await finish(aside);
    await rename(aside, join(workflows, choices.name));
    return files;
  } finally {
    process.off("SIGINT", stopped).off("SIGTERM", stopped);
    await leave();
  }
}
