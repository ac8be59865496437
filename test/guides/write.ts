import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Choices } from "../../scripts/new/choices.ts";
import { writeFiles } from "../../scripts/new/write.ts";
import { apply, loadGuides } from "./blocks.ts";

type Writing = Awaited<ReturnType<typeof loadGuides>>;

/** Makes in a repository what the guides make; `changeByGuides` comes next, once it is formatted. */
export async function makeByGuides(repository: string): Promise<Writing> {
  const guides = await loadGuides();
  const lines = guides
    .flatMap(({ blocks }) => blocks)
    .flatMap(({ language, text }) => (language === "sh" ? text.split("\n") : []));
  for (const choices of lines.filter((line) => line.startsWith("npm run new")).map(choicesOf))
    await writeFiles(join(repository, "workflows", choices.name), choices);
  return guides;
}

/** Changes it as the guides say. */
export async function changeByGuides(repository: string, guides: Writing): Promise<void> {
  for (const { name, blocks } of guides)
    for (const block of blocks) if (block.file) await writeBlock(join(repository, block.file), block, name);
}

async function writeBlock(file: string, block: Parameters<typeof apply>[0], guide: string) {
  const before = existsSync(file) ? await readFile(file, "utf8") : undefined;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, apply(block, before));
  } catch (cause) {
    throw new Error(`docs/guides/${guide}:${block.line} does not fit what it speaks of.`, { cause });
  }
}

/** `npm run new -- NAME …` as the command line takes it. */
function choicesOf(line: string): Choices {
  const [name = "", ...flags] = line.replace("npm run new -- ", "").split(" ");
  const trigger = (flags[flags.indexOf("--trigger") + 1] ?? "queue") as Choices["trigger"];
  const has = (flag: string) => flags.includes(flag);
  return { name, trigger, review: has("--review"), saga: has("--saga"), score: has("--score") };
}
