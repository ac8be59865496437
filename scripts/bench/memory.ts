import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/**
 * The memory of a process and of all below it, in megabytes. On Linux a page that several share counts once (PSS), elsewhere
 * once for each (RSS).
 */
export async function memoryMb(root: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,rss="]);
  const all = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, rss = 0]) => ({ pid, parent, rss }));
  const tree = new Set([root]);
  // A child may be listed before its parent.
  for (let size = 0; size < tree.size; ) {
    size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  const kilobytes = await Promise.all(
    all.filter(({ pid }) => tree.has(pid)).map(async ({ pid, rss }) => (await proportional(pid)) ?? rss),
  );
  return (kilobytes.reduce((sum, one) => sum + one, 0) * 1_024) / 1e6;
}

async function proportional(pid: number): Promise<number | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1]);
  } catch {
    return undefined;
  }
}
