import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "@cdktn/hcl2json";

/** A variable of a module, as it is declared. A type is Terraform's expression, without blanks. */
export interface Variable {
  name: string;
  type: string;
  description: string;
  hasDefault: boolean;
  default: unknown;
  validations: number;
}

/** A module's HCL as data, as `@cdktn/hcl2json` gives it: each block is a list. */
export interface ModuleHcl {
  variables: Variable[];
  outputs: { name: string; description: string }[];
  /** By type and name. */
  resources: Record<string, Record<string, Record<string, unknown>[]>>;
  providers: string[];
}

interface Parsed {
  variable?: Record<string, [Record<string, unknown>]>;
  output?: Record<string, [Record<string, unknown>]>;
  resource?: ModuleHcl["resources"];
  data?: ModuleHcl["resources"];
  terraform?: [{ required_providers?: [Record<string, unknown>] }];
}

/** Reads every `.tf` file of a module. */
export async function readModule(folder: string): Promise<ModuleHcl> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".tf"));
  const parsed = await Promise.all(
    files.map(async (file) => (await parse(file, await readFile(join(folder, file), "utf8"))) as Parsed),
  );
  const resources: ModuleHcl["resources"] = {};
  for (const { resource = {} } of parsed)
    for (const [type, named] of Object.entries(resource)) resources[type] = { ...resources[type], ...named };
  return {
    variables: parsed.flatMap(({ variable = {} }) =>
      Object.entries(variable).map(([name, [body]]) => toVariable(name, body)),
    ),
    outputs: parsed.flatMap(({ output = {} }) =>
      Object.entries(output).map(([name, [body]]) => ({ name, description: String(body.description ?? "") })),
    ),
    resources,
    providers: parsed.flatMap(({ terraform = [] as unknown as NonNullable<Parsed["terraform"]> }) =>
      terraform.flatMap(({ required_providers = [{}] }) => Object.keys(required_providers[0] ?? {})),
    ),
  };
}

function toVariable(name: string, body: Record<string, unknown>): Variable {
  return {
    name,
    type: onOneLine(String(body.type ?? "").replace(/^\$\{([\s\S]*)\}$/, "$1")),
    description: String(body.description ?? ""),
    hasDefault: "default" in body,
    default: body.default,
    validations: Array.isArray(body.validation) ? body.validation.length : 0,
  };
}

/** A type expression without blanks; what stood on lines of its own is parted by commas. */
function onOneLine(type: string): string {
  return type
    .replace(/\s*\n\s*/g, ",")
    .replace(/ /g, "")
    .replace(/([{(]),/g, "$1")
    .replace(/,([})])/g, "$1");
}
