import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../build/functions.ts";
import { type Report, skipped } from "./report.ts";

const folder = join(root, "terraform/offline");
const INSTALL = "npm ci --prefix terraform/offline/generator";

/** Makes the offline provider's schema from the bindings, or checks that it is what they make. */
export async function schema({ check }: { check: boolean }): Promise<Report> {
  if (!existsSync(join(folder, "generator/node_modules")))
    return skipped("the offline provider's schema", `the bindings (476 MB) are not installed: ${INSTALL}`);
  const { generate } = await import("../../terraform/offline/generator/generate.ts");
  const made = await generate();
  const file = join(folder, "aws-schema.json");
  const isSame = existsSync(file) && (await readFile(file, "utf8")) === made;
  if (!check && !isSame) await writeFile(file, made);
  const state = isSame ? "is what the bindings make" : check ? "is not what the bindings make" : "was made anew";
  return {
    passed: isSame || !check,
    lines: [`${isSame || !check ? "ok  " : "FAIL"} terraform/offline/aws-schema.json ${state}`],
    data: { isSame },
  };
}
