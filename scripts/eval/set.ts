import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { root } from "../build/functions.ts";

/** One labelled request: a line of a set. Members that are not known here are another tool's. */
const Case = z.object({
  id: z.string().min(1),
  format: z.enum(["json", "md", "txt"]),
  document: z.string(),
  label: z.enum(["approve", "reject", "grey"]),
  /** What the document tries, where it is hostile. */
  attack: said(),
  /** The case that this one says in other words. */
  paraphraseOf: said(),
  /** Cases with the same name here differ in the person alone. */
  personOf: said(),
});

/** A text that may be left out, null or empty, all of which say nothing. */
function said() {
  return z
    .string()
    .nullish()
    .transform((text) => text || undefined);
}

export type Case = z.infer<typeof Case> & { part: string };

/** The versioned set: a part that the offline model may be calibrated on, and one that it is not. */
export const PARTS = ["open", "held-out"] as const;
const fileOf = (part: string) => join(root, "workflows/training/eval", `${part}.jsonl`);

export async function loadDefaultSet(): Promise<Case[]> {
  return (await Promise.all(PARTS.map((part) => loadSet(fileOf(part), part)))).flat();
}

/** @throws RangeError naming the line, the field and what was expected */
export async function loadSet(file: string, part: string): Promise<Case[]> {
  const lines = (await readFile(file, "utf8")).split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const parsed = Case.safeParse(json(line));
    if (!parsed.success) throw new RangeError(`${file}, line ${index + 1}: ${z.prettifyError(parsed.error)}`);
    return [{ ...parsed.data, part }];
  });
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
