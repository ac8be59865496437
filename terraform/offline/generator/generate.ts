/**
 * Makes `../aws-schema.json` from the bindings that are installed beside this file. `--check` only compares.
 *
 *     npm ci --prefix terraform/offline/generator
 *     npm run tf -- schema [--check]
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Schema, SchemaFile } from "../schema.ts";
import { type Binding, readBinding } from "./bindings.ts";
import { toSchema } from "./to-schema.ts";
import { usedTypes } from "./used-types.ts";

const PACKAGE = "@cdktn/provider-aws";
const bindings = join(import.meta.dirname, "node_modules", PACKAGE);

/** The schema file's text. @throws Error where the bindings are not installed, or do not know a type */
export async function generate(modules = join(import.meta.dirname, "../../modules")): Promise<string> {
  const { version } = JSON.parse(await readFile(join(bindings, "package.json"), "utf8")) as { version: string };
  const provider = await read("provider");
  const resources: Record<string, Schema> = {};
  for (const type of await usedTypes(modules)) resources[type] = toSchema(await read(folderOf(type)));
  const file: SchemaFile = {
    source: { package: PACKAGE, version, provider: "hashicorp/aws", providerVersion: provider.providerVersion },
    schema: { provider: toSchema(provider), resource_schemas: resources },
  };
  return `${JSON.stringify(file)}\n`;
}

const folderOf = (type: string) => type.replace(/^aws_/, "").replaceAll("_", "-");

async function read(folder: string): Promise<Binding> {
  const at = join(bindings, "lib", folder);
  const [js, types] = await Promise.all(["index.js", "index.d.ts"].map((name) => readFile(join(at, name), "utf8")));
  return readBinding(js ?? "", types ?? "");
}
