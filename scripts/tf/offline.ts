import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../build/functions.ts";
import { type Finished, findTerraform, runTerraform } from "./terraform.ts";

/** Terraform with the schema-only stand-in for the AWS provider: no registry, no `init`, no lock file. */
export interface OfflineTerraform {
  /** Loads a configuration's modules, so that the commands below can be run in its folder. */
  get(folder: string): Promise<Finished>;
  run(folder: string, args: readonly string[]): Promise<Finished>;
  close(): Promise<void>;
}

const provider = join(root, "terraform/offline/provider.ts");

/** Undefined where there is no Terraform. What it writes goes to a temporary folder, which `close` removes. */
export async function openOfflineTerraform(): Promise<OfflineTerraform | undefined> {
  const terraform = await findTerraform();
  if (!terraform) return undefined;
  const aside = await mkdtemp(join(tmpdir(), "longhaul-tf-"));
  const plugin = join(aside, "terraform-provider-aws");
  await writeFile(plugin, `#!/bin/sh\nexec "${process.execPath}" "${provider}"\n`);
  await chmod(plugin, 0o755);
  const settings = join(aside, "terraformrc");
  await writeFile(
    settings,
    `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = "${aside}"\n  }\n  direct {}\n}\n`,
  );
  const data = new Map<string, string>();
  const run = async (folder: string, args: readonly string[]) => {
    const own = data.get(folder) ?? join(aside, `data-${data.size}`);
    data.set(folder, own);
    const env = { TF_CLI_CONFIG_FILE: settings, TF_DISABLE_PLUGIN_TLS: "1", TF_DATA_DIR: own };
    return runTerraform(terraform, args, { cwd: folder, env });
  };
  return {
    get: (folder) => run(folder, ["get", "-no-color"]),
    run,
    close: () => rm(aside, { recursive: true, force: true }),
  };
}
