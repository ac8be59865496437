import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asyncApi, eventSchemas } from "#producer";
import { loadContracts, root } from "./functions.ts";

/** Writes what producers in other languages go by: a JSON Schema an event, and all of them as one AsyncAPI document. */
export async function writeSchemas(folder: string): Promise<void> {
  const contracts = await loadContracts();
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  await mkdir(folder, { recursive: true });
  const files = {
    "asyncapi.json": asyncApi(contracts, version),
    ...Object.fromEntries(Object.entries(eventSchemas(contracts)).map(([type, one]) => [`${type}.schema.json`, one])),
  };
  for (const [file, content] of Object.entries(files))
    await writeFile(join(folder, file), `${JSON.stringify(content, null, 2)}\n`);
}
