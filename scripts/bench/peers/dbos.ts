import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChild } from "../child.ts";
import type { Subject } from "../subject.ts";
import type { DbosRequest } from "./dbos-process.ts";

/** Nobody: Postgres refuses to run as root. */
const NOBODY = 65_534;

/** DBOS on a Postgres of its own. What sleeps is left out: nothing of it is kept by the process that is killed. */
export async function startDbos(packages: string): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-bench-dbos-"));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    await chown(folder, NOBODY, NOBODY);
    await chmod(packages, 0o755);
  }
  const args = [packages, join(folder, "data")];
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const child = startChild(join(import.meta.dirname, "dbos-process.ts"), args, user);
  const ask = <T>(request: DbosRequest) => child.ask<T>(request);
  return {
    run: (steps) => ask({ run: steps }),
    async awaitCallback() {
      const answer = await ask<number>({ awaitCallback: true });
      return () => ask({ answer });
    },
    rssMb: () => child.memoryMb(),
    async close() {
      await ask({ stop: true });
      await child.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
