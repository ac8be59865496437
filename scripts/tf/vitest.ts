import { spawn } from "node:child_process";
import { root } from "../build/functions.ts";

/**
 * Runs the policy tests; `terraform` lets those run that need Terraform, which take a few seconds each. Their output goes to
 * the terminal, or to the error stream where standard output is for JSON. Answers whether all passed.
 */
export async function runVitest({ json, terraform }: { json: boolean; terraform: boolean }): Promise<boolean> {
  const child = spawn("vitest", ["run", "test/policy"], {
    cwd: root,
    stdio: ["ignore", json ? 2 : "inherit", "inherit"],
    env: { ...process.env, ...(terraform && { LONGHAUL_TEST_TERRAFORM: "1" }) },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve(code === 0));
  });
}
