import { join } from "node:path";
import { root } from "../build/functions.ts";
import { writeReadmes } from "./readme.ts";
import { type Report, skipped } from "./report.ts";
import { findTerraform, NO_TERRAFORM, runTerraform } from "./terraform.ts";

/** Formats the modules, and writes their README tables anew. With `check` it only says what would change. */
export async function fmt({ check }: { check: boolean }): Promise<Report> {
  const terraform = await findTerraform();
  const formatted = terraform
    ? await format(terraform, check)
    : { ...skipped("terraform fmt", NO_TERRAFORM), files: [] as string[] };
  const readmes = await writeReadmes({ check });
  const changed = [...formatted.files, ...readmes];
  return {
    passed: formatted.passed && (!check || changed.length === 0),
    lines: [
      ...formatted.lines,
      ...changed.map((file) => `${check ? "FAIL would change" : "ok   changed"} ${file}`),
      ...(changed.length === 0 ? ["ok   nothing to change"] : []),
    ],
    data: { changed },
  };
}

async function format(terraform: string, check: boolean) {
  const args = ["fmt", "-recursive", ...(check ? ["-check"] : [])];
  const { code, stdout, stderr } = await runTerraform(terraform, args, { cwd: join(root, "terraform/modules") });
  const files = stdout
    .split("\n")
    .filter(Boolean)
    .map((file) => `terraform/modules/${file}`);
  // With -check, 3 says that something would change.
  const passed = code === 0 || (check && code === 3);
  return { passed, lines: passed ? [] : [stderr.trim()], files };
}
