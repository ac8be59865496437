import { existsSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../build/functions.ts";
import type { PlanJson } from "./plan-summary.ts";
import { synthEnvironments } from "./synth.ts";
import { findTerraform, NO_TERRAFORM, runTerraform } from "./terraform.ts";

/** Kept in the repository once a first `init` has made it, so that everybody runs the same provider. */
const lockFile = join(root, "terraform/stacks/.terraform.lock.hcl");

const PLAN = "longhaul.tfplan";

/** Terraform in an environment's stack, with its real state: what `plan`, `apply`, `destroy` and `output` have in common. */
export interface DeployedStack {
  /** Saves a plan and reads it back. @throws TerraformError */
  plan(args?: readonly string[]): Promise<PlanJson>;
  /** Carries out the plan that was saved. @throws TerraformError */
  applyPlan(): Promise<void>;
  outputs(): Promise<Record<string, unknown>>;
  /** The guards that make a plan fail (terraform_data, see durable-function/main.tf). */
  guards(): Promise<string[]>;
  /** Lets go of resources without touching them. */
  forget(addresses: readonly string[]): Promise<void>;
}

/** Terraform ended with an error, which it has printed. */
export class TerraformError extends Error {
  constructor(verb: string, output: string) {
    super(`terraform ${verb} ended with an error.${output ? `\n${output}` : ""}`);
    this.name = "TerraformError";
  }
}

/** Builds, writes the stack, and initialises it. `quiet` keeps Terraform's own output from the terminal. */
export async function openStack(environment: string, { quiet }: { quiet: boolean }): Promise<DeployedStack> {
  const terraform = await findTerraform();
  if (!terraform) throw new Error(`This needs Terraform: ${NO_TERRAFORM}`);
  const [stack] = await synthEnvironments([environment]);
  if (!stack) throw new Error(`The environment ${environment} has no stack.`);
  const cwd = stack.folder;
  const run = async (args: string[], { terminal = !quiet } = {}) => {
    const finished = await runTerraform(terraform, args, { cwd, terminal });
    if (finished.code !== 0) throw new TerraformError(args[0] ?? "", finished.stderr.trim());
    return finished.stdout;
  };

  const own = join(cwd, ".terraform.lock.hcl");
  if (existsSync(lockFile)) await copyFile(lockFile, own);
  await run(["init", "-input=false", ...(existsSync(lockFile) ? ["-lockfile=readonly"] : [])]);
  if (!existsSync(lockFile) && existsSync(own)) await copyFile(own, lockFile);

  return {
    async plan(args = []) {
      await run(["plan", "-input=false", `-out=${PLAN}`, ...args]);
      return JSON.parse(await run(["show", "-json", PLAN], { terminal: false })) as PlanJson;
    },
    applyPlan: async () => void (await run(["apply", "-input=false", PLAN])),
    async outputs() {
      const printed = JSON.parse(await run(["output", "-json"], { terminal: false })) as Record<
        string,
        { value: unknown }
      >;
      return Object.fromEntries(Object.entries(printed).map(([name, { value }]) => [name, value]));
    },
    async guards() {
      const listed = await run(["state", "list"], { terminal: false });
      return listed.split("\n").filter((address) => address.includes("terraform_data.guard"));
    },
    forget: async (addresses) => void (await run(["state", "rm", ...addresses])),
  };
}

/** The provider version that the lock file names; undefined before a first `init`. */
export async function lockedProvider(): Promise<string | undefined> {
  if (!existsSync(lockFile)) return undefined;
  return /hashicorp\/aws"[^}]*?version\s*=\s*"([^"]+)"/.exec(await readFile(lockFile, "utf8"))?.[1];
}
