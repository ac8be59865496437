import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The resource types that the modules declare, sorted. */
export async function usedTypes(modules: string): Promise<string[]> {
  const entries = await readdir(modules, { recursive: true });
  const files = entries.filter((entry) => entry.endsWith(".tf") && !entry.includes(".terraform"));
  const texts = await Promise.all(files.map((file) => readFile(join(modules, file), "utf8")));
  const found = texts.flatMap((text) => [...text.matchAll(/^resource "(aws_\w+)"/gm)].map((match) => match[1] ?? ""));
  return [...new Set(found)].sort();
}
