import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { App } from "cdktf";
import { createPlatform, type PlatformOptions } from "./platform.ts";

/** A stack as it was written: its folder, and its JSON. */
export interface SynthesisedStack {
  folder: string;
  json: TerraformJson;
}

/** Terraform's JSON syntax, as far as it is looked into. */
export interface TerraformJson {
  terraform: Record<string, unknown>;
  provider: Record<string, unknown>;
  module: Record<string, Record<string, unknown>>;
  output: Record<string, unknown>;
}

const TERRAFORM = ">=1.10";

/** Writes an environment's stack to `terraform/out/<environment>/`. It needs no Terraform. */
export async function synthesise(options: PlatformOptions, out = defaultOut(options)): Promise<SynthesisedStack> {
  await mkdir(out, { recursive: true });
  // 1.10 is the first that locks the state by a file in the bucket.
  const app = new App({ outdir: out, context: { targetVersions: { terraform: TERRAFORM } } });
  const stack = createPlatform(app, options);
  stack.addOverride("terraform.required_version", TERRAFORM);
  app.synth();
  const folder = join(out, "stacks", stack.node.id);
  return { folder, json: JSON.parse(await readFile(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson };
}

const defaultOut = ({ environment }: PlatformOptions) => join(import.meta.dirname, "../out", environment.name);
