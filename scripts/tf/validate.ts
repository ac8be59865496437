import { join, relative } from "node:path";
import { root } from "../build/functions.ts";
import { environmentNames } from "./environments.ts";
import { moduleNames, modulesFolder } from "./modules.ts";
import { type OfflineTerraform, openOfflineTerraform } from "./offline.ts";
import { inPairs, type Report, skipped } from "./report.ts";
import { synthEnvironments } from "./synth.ts";
import { NO_TERRAFORM } from "./terraform.ts";

interface Diagnostic {
  severity: "error" | "warning";
  summary: string;
  detail: string;
  range?: { filename: string; start: { line: number } };
}

/** Writes every environment's stack, and has Terraform validate them and each module against the provider's schema. */
export async function validate(): Promise<Report> {
  const names = await environmentNames();
  const stacks = await synthEnvironments(names);
  const terraform = await openOfflineTerraform();
  if (!terraform) {
    const { lines, data } = skipped("terraform validate", NO_TERRAFORM);
    return { passed: true, lines: [`ok   synthesised ${names.join(", ")}`, ...lines], data };
  }
  try {
    const modules = (await moduleNames()).map((name) => join(modulesFolder, name));
    const folders = [...modules, ...stacks.map(({ folder }) => folder)];
    const results = await inPairs(folders, async (folder) => ({
      folder: relative(root, folder),
      problems: await problemsOf(terraform, folder),
    }));
    return {
      passed: results.every(({ problems }) => problems.length === 0),
      lines: results.flatMap(({ folder, problems }) => [`${problems.length ? "FAIL" : "ok  "} ${folder}`, ...problems]),
      data: { validated: results },
    };
  } finally {
    await terraform.close();
  }
}

/** What is wrong with a configuration, a line each. */
export async function problemsOf(terraform: OfflineTerraform, folder: string): Promise<string[]> {
  const got = await terraform.get(folder);
  if (got.code !== 0) return [got.stderr.trim()];
  const { stdout, stderr } = await terraform.run(folder, ["validate", "-json"]);
  try {
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    return diagnostics.filter(({ severity }) => severity === "error").map(describe);
  } catch {
    return [stderr.trim() || stdout.trim()];
  }
}

const describe = ({ summary, detail, range }: Diagnostic) =>
  `     ${range ? `${range.filename}:${range.start.line}: ` : ""}${summary}. ${detail.replaceAll("\n", " ")}`;
