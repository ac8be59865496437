import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildAll } from "../../scripts/build/all.ts";
import { functionSources, root, workflowNames } from "../../scripts/build/functions.ts";

/** The functions of the onboarding alone, built into a folder; `change` makes another version of the workflow's source. */
export async function buildOnboarding(dist: string, change?: (source: string) => string) {
  const others = (await workflowNames()).filter((name) => name !== "onboarding");
  const sources = (await functionSources()).filter(({ name }) => !others.includes(name));
  const own = await readFile(join(root, "workflows/onboarding/workflow.ts"), "utf8");
  const changed = change?.(own).replaceAll(`from "./`, `from "./workflows/onboarding/`);
  const given = sources.map((one) => (one.name === "onboarding" && changed ? { ...one, entry: changed } : one));
  const built = await buildAll(dist, given);
  return built.map(({ name, sha256 }) => ({ name, sha256, zip: join(dist, name, "function.zip") }));
}

/** A later version: one more step before the reviews are closed. @throws where the workflow no longer has that place */
export function laterVersion(source: string): string {
  const place = `  await step(ctx, "close open reviews"`;
  if (!source.includes(place)) throw new Error(`The workflow no longer says ${place}.`);
  return source.replace(place, `  await step(ctx, "a step of the later version", async () => null);\n${place}`);
}
