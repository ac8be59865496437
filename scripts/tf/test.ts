import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { moduleNames, modulesFolder } from "./modules.ts";
import { type OfflineTerraform, openOfflineTerraform } from "./offline.ts";
import { inPairs, type Report, skipped } from "./report.ts";
import { NO_TERRAFORM } from "./terraform.ts";
import { runVitest } from "./vitest.ts";

/** Runs each module's `terraform test`, then the policy tests over the stacks' values. */
export async function test({ json }: { json: boolean }): Promise<Report> {
  const terraform = await openOfflineTerraform();
  if (!terraform) {
    const policy = await runVitest({ json, terraform: false });
    const { lines, data } = skipped("terraform test", NO_TERRAFORM);
    return { passed: policy, lines, data: { ...data, policy } };
  }
  try {
    const modules = await moduleNames();
    const results = await inPairs(modules, async (name) => ({ name, ...(await testModule(terraform, name)) }));
    const lines = results.flatMap(({ name, passed, failed, problems }) => [
      `${failed || problems.length ? "FAIL" : "ok  "} ${name}: ${passed} runs passed${failed ? `, ${failed} failed` : ""}`,
      ...problems.map((problem) => `     ${problem}`),
    ]);
    if (!json) for (const line of lines) console.log(line);
    const policy = await runVitest({ json, terraform: true });
    const passed = policy && results.every(({ failed, problems }) => failed === 0 && problems.length === 0);
    return { passed, lines: [], data: { modules: results, policy } };
  } finally {
    await terraform.close();
  }
}

interface TestLine {
  type: string;
  test_summary?: { passed: number; failed: number; errored: number };
  diagnostic?: { severity: string; summary: string; detail: string };
}

/** A module without a test fails: each promises something. */
async function testModule(terraform: OfflineTerraform, name: string) {
  const folder = join(modulesFolder, name);
  const tests = await readdir(join(folder, "tests")).catch(() => []);
  if (!tests.some((file) => file.endsWith(".tftest.hcl")))
    return { passed: 0, failed: 0, problems: [`Expected tests/*.tftest.hcl in terraform/modules/${name}.`] };
  const got = await terraform.get(folder);
  if (got.code !== 0) return { passed: 0, failed: 0, problems: [got.stderr.trim()] };
  const { stdout } = await terraform.run(folder, ["test", "-json"]);
  const printed = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TestLine);
  const summary = printed.find(({ test_summary }) => test_summary)?.test_summary;
  return {
    passed: summary?.passed ?? 0,
    failed: (summary?.failed ?? 0) + (summary?.errored ?? 0),
    problems: printed
      .filter(({ diagnostic }) => diagnostic?.severity === "error")
      .map(({ diagnostic }) => `${diagnostic?.summary}: ${diagnostic?.detail.replaceAll("\n", " ")}`),
  };
}
