import { relative } from "node:path";
import { type SynthesisedStack, synthesise } from "../../terraform/stacks/synth.ts";
import { loadContracts, root } from "../build/functions.ts";
import { builtFunctions, codeOf } from "./built.ts";
import { loadEnvironment } from "./environments.ts";
import type { Report } from "./report.ts";

/** Builds the functions and writes the environments' stacks. */
export async function synthEnvironments(names: readonly string[]): Promise<SynthesisedStack[]> {
  const environments = await Promise.all(names.map(loadEnvironment));
  const [contracts, functions] = await Promise.all([loadContracts(), builtFunctions({ build: true })]);
  const code = codeOf(functions);
  return Promise.all(environments.map((environment) => synthesise({ environment, contracts, code })));
}

export async function synth(name: string): Promise<Report> {
  const [stack] = await synthEnvironments([name]);
  if (!stack) throw new Error(`The environment ${name} has no stack.`);
  const { folder, json } = stack;
  const modules = Object.keys(json.module);
  const at = relative(root, folder);
  return {
    passed: true,
    lines: [`${name}: ${modules.length} modules written to ${at}/cdk.tf.json`],
    data: { environment: name, folder: at, modules },
  };
}
