import { TerraformHclModule } from "cdktf";
import type { Construct } from "constructs";
import { z } from "zod";

/** A module's wrapper: call it to instantiate the module; `variables` are its `variables.tf` as a schema. */
export interface ModuleWrapper<Variables extends z.ZodObject> {
  (scope: Construct, id: string, variables: z.input<Variables>): ModuleInstance;
  /** Its folder under `terraform/modules/`. */
  folder: string;
  variables: Variables;
}

export interface ModuleInstance {
  /** An output that is a string, as a reference. */
  output(name: string): string;
}

/** A value of a variable of a module is not what the module takes. */
export class ModuleVariablesError extends Error {
  constructor(module: string, id: string, problem: string) {
    super(`The variables of ${id} (terraform/modules/${module}) are not as expected. ${problem}`);
    this.name = "ModuleVariablesError";
  }
}

/**
 * Wraps the module in `folder`. Names are the module's own, so what is written here is what Terraform reads; a variable is
 * optional where the module has a default.
 */
export function defineModule<Variables extends z.ZodObject>(
  folder: string,
  variables: Variables,
): ModuleWrapper<Variables> {
  const instantiate = (scope: Construct, id: string, given: z.input<Variables>): ModuleInstance => {
    const parsed = variables.safeParse(given);
    if (!parsed.success) throw new ModuleVariablesError(folder, id, z.prettifyError(parsed.error));
    const module = new TerraformHclModule(scope, id, {
      source: `${MODULES}/${folder}`,
      skipAssetCreationFromLocalModules: true,
      variables: parsed.data as Record<string, unknown>,
    });
    return { output: (name) => module.getString(name) };
  };
  return Object.assign(instantiate, { folder, variables });
}

/** From the folder that the stack is written to: `terraform/out/<environment>/stacks/<stack>/`. */
const MODULES = "../../../../modules";
