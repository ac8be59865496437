import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../build/functions.ts";

export const readingsFile = join(root, "workflows/training/eval/readings.tsv");

/** What names the role and the training in the open sets' requests, as readers marked them: by set and id. */
export async function readings(): Promise<Map<string, { role: string | undefined; training: string | undefined }>> {
  const said = (text: string | undefined) => (text === undefined || text === "-" ? undefined : text);
  const lines = (await readFile(readingsFile, "utf8")).trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [id = "", role, training] = line.split("\t");
      return [id, { role: said(role), training: said(training) }];
    }),
  );
}
