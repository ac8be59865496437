import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const Line = z.strictObject({
  act: z.enum(["effect", "acknowledged"]),
  execution: z.string(),
  step: z.string(),
});

/** What handlers told the outside: how often each step's effect happened, and which checkpoints were acknowledged to them. */
export function readLedger(file: string) {
  const effects = new Map<string, number>();
  const acknowledged = new Set<string>();
  // A kill may cut the last line of a process short.
  const lines = existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line.endsWith("}"))
    : [];
  for (const line of lines) {
    const { act, execution, step } = Line.parse(JSON.parse(line));
    const key = `${execution} ${step}`;
    if (act === "effect") effects.set(key, (effects.get(key) ?? 0) + 1);
    else acknowledged.add(key);
  }
  return { effects, acknowledged };
}
