import { type SpawnOptions, spawn } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** The `terraform` that PATH finds; undefined where there is none. */
export async function findTerraform(): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const file = join(folder, process.platform === "win32" ? "terraform.exe" : "terraform");
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}

export const NO_TERRAFORM = "there is no `terraform` on the PATH (https://developer.hashicorp.com/terraform/install)";

export interface RunOptions {
  cwd: string;
  env?: Readonly<Record<string, string>>;
  /** Give Terraform the terminal; its output is then not kept. */
  terminal?: boolean;
}

/** Runs Terraform to its end. */
export async function runTerraform(terraform: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  const stdio: SpawnOptions["stdio"] = options.terminal ? "inherit" : ["ignore", "pipe", "pipe"];
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", ...options.env };
  const child = spawn(terraform, args, { cwd: options.cwd, env, stdio });
  const output = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject).once("close", (status) => resolve(status ?? 1));
  });
  return { code, ...output };
}
