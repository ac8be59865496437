import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Contract } from "#workflow";
import type { History } from "./history.ts";
import { record } from "./record.ts";
import { type Path, startWorld, type World } from "./world.ts";

/** Runs each path of the workflow in a folder, and keeps its history beside `histories/paths.ts`. */
export async function recordAll(folder: string, given?: World): Promise<History[]> {
  const load = async <T>(file: string) => (await import(pathToFileURL(join(folder, file)).href)) as T;
  const { contract } = await load<{ contract: Contract }>("contract.ts");
  const { paths } = await load<{ paths: Readonly<Record<string, Path>> }>("histories/paths.ts");
  const world = given ?? (await startWorld());
  try {
    const histories: History[] = [];
    for (const [name, path] of Object.entries(paths)) {
      const history = await record(contract, { name, path, world, file: join(folder, "workflow.ts") });
      await writeFile(join(folder, "histories", `${name}.json`), `${JSON.stringify(history, null, 2)}\n`);
      histories.push(history);
    }
    return histories;
  } finally {
    if (!given) await world.close();
  }
}
