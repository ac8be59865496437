import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { readModule } from "../../../scripts/tf/hcl.ts";
import * as wrappers from "./index.ts";

const modules = join(import.meta.dirname, "../../modules");

/** Modules that other modules use, and the stack does not. */
const INNER = ["function-role", "queue"];

test.each(Object.values(wrappers))(
  "the wrapper of $folder takes what the module's variables.tf takes",
  async (wrapper) => {
    const { variables } = await readModule(join(modules, wrapper.folder));
    const declared = variables.map(({ name, type, hasDefault }) => [name, withoutDefaults(type), hasDefault]);
    const wrapped = Object.entries(wrapper.variables.shape).map(([name, schema]) => {
      const { type, isOptional } = terraformType(schema);
      return [name, type, isOptional];
    });
    expect(wrapped.sort()).toEqual(declared.sort());
  },
);

test("every module of the stack has a wrapper", () => {
  const wrapped = Object.values(wrappers).map(({ folder }) => folder);
  expect([...wrapped, ...INNER].sort()).toEqual(readdirSync(modules).sort());
});

test("a value of another type is refused by the name of its variable", () => {
  const given = { name: "k", description: "d", account_id: 1 } as unknown as { name: string };
  expect(() => wrappers.encryption(undefined as never, "key", given as never)).toThrow(/account_id/);
});

/** `optional(number,300)` is `optional(number)`: a default is the module's own matter. */
const withoutDefaults = (type: string) => type.replace(/,(\{\}|\[\]|-?\d+|true|false)\)/g, ")");

/** How Terraform writes the type of a schema. */
function terraformType(schema: z.core.$ZodType): { type: string; isOptional: boolean } {
  if (schema instanceof z.ZodOptional) return { type: terraformType(schema.unwrap()).type, isOptional: true };
  return { type: required(schema), isOptional: false };
}

function required(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodString) return "string";
  if (schema instanceof z.ZodNumber) return "number";
  if (schema instanceof z.ZodBoolean) return "bool";
  if (schema instanceof z.ZodArray) return `list(${required(schema.element)})`;
  if (schema instanceof z.ZodRecord) return `map(${required(schema.valueType)})`;
  if (schema instanceof z.ZodObject) {
    const members = Object.entries(schema.shape).map(([name, member]) => {
      const { type, isOptional } = terraformType(member as z.core.$ZodType);
      return `${name}=${isOptional ? `optional(${type})` : type}`;
    });
    return `object({${members.join(",")}})`;
  }
  throw new Error("Expected a schema that Terraform has a type for.");
}
