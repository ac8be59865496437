import { copyFile, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Contract } from "#workflow";
import { loadContracts, root } from "../../scripts/build/functions.ts";
import { loadEnvironment } from "../../scripts/tf/environments.ts";
import type { OfflineTerraform } from "../../scripts/tf/offline.ts";
import { synthesise } from "../../terraform/stacks/synth.ts";
import type { Resource } from "./resource.ts";

/** A copy of the modules and a stack over them, in a folder of its own, so that mistakes can be planted in it. */
export interface StackCopy {
  modules: string;
  stack: string;
  close: () => Promise<void>;
}

export const sampleCode = (folder: string) => ({
  filename: `../../../../../dist/${folder}/function.zip`,
  sha256: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
});

export async function copyStack(environmentName: string, contracts?: readonly Contract[]): Promise<StackCopy> {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-policy-"));
  const modules = join(folder, "modules");
  await cp(join(root, "terraform/modules"), modules, { recursive: true });
  const { folder: stack } = await synthesise(
    {
      environment: await loadEnvironment(environmentName),
      contracts: contracts ?? (await loadContracts()),
      code: sampleCode,
    },
    join(folder, "out", environmentName),
  );
  await mkdir(join(stack, "tests"));
  await copyFile(join(import.meta.dirname, "stack.tftest.hcl"), join(stack, "tests/stack.tftest.hcl"));
  return { modules, stack, close: () => rm(folder, { recursive: true, force: true }) };
}

interface Module {
  resources?: Resource[];
  child_modules?: Module[];
}

interface Line {
  type: string;
  test_state?: { root_module: Module };
  diagnostic?: { severity: string; summary: string; detail: string };
}

/** Every resource of a stack with its values. @throws Error with what Terraform said where it could not make them */
export async function valuesOf(terraform: OfflineTerraform, stack: string): Promise<Resource[]> {
  const got = await terraform.get(stack);
  if (got.code !== 0) throw new Error(got.stderr);
  const { stdout } = await terraform.run(stack, ["test", "-json", "-verbose"]);
  const lines = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
  const state = lines.find(({ test_state }) => test_state)?.test_state;
  if (!state) {
    const problems = lines.flatMap(({ diagnostic }) =>
      diagnostic ? [`${diagnostic.summary}: ${diagnostic.detail}`] : [],
    );
    throw new Error(problems.join("\n"));
  }
  return flatten(state.root_module);
}

const flatten = ({ resources = [], child_modules: children = [] }: Module): Resource[] => [
  ...resources,
  ...children.flatMap(flatten),
];
