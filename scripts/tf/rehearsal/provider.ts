import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

export interface InstalledProvider {
  /** The folder that Terraform takes as a mirror. */
  mirror: string;
  version: string;
}

const SOURCE = "registry.terraform.io/hashicorp/aws";

/** Where Terraform itself looks for plugins, and where people keep mirrors: LONGHAUL_TF_PLUGINS adds one. */
const mirrors = () =>
  [
    process.env.LONGHAUL_TF_PLUGINS,
    process.env.TF_PLUGIN_CACHE_DIR,
    join(homedir(), ".terraform.d/plugins"),
    join(homedir(), ".terraform.d/plugin-cache"),
    join(homedir(), ".local/share/terraform/plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    "/opt/tf-plugins",
  ].filter((folder) => folder !== undefined);

/** The newest AWS provider that is installed for this machine; undefined where there is none. */
export async function findProvider(): Promise<InstalledProvider | undefined> {
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  for (const mirror of mirrors()) {
    const versions = await readdir(join(mirror, SOURCE)).catch(() => []);
    for (const version of versions.toSorted(byVersion)) {
      const files = await readdir(join(mirror, SOURCE, version, platform)).catch(() => []);
      if (files.some((file) => file.startsWith("terraform-provider-aws"))) return { mirror, version };
    }
  }
  return undefined;
}

const byVersion = (one: string, other: string) => other.localeCompare(one, "en", { numeric: true });
