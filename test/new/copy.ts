import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/build/functions.ts";

const run = promisify(execFile);

/** All that belongs to the repository, as it lies here, in a folder of its own; packages are shared. */
export async function copyRepository() {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-copy-"));
  const { stdout } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const file of stdout.split("\0").filter(Boolean)) {
    const target = join(folder, file);
    await mkdir(dirname(target), { recursive: true });
    await cp(join(root, file), target).catch((error: NodeJS.ErrnoException) => {
      // Listed, and removed since.
      if (error.code !== "ENOENT") throw error;
    });
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  await run("git", ["init", "-q"], { cwd: folder });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
