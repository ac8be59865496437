import type { Attribute, AttributeType, Block, NestedBlock, Schema } from "../schema.ts";
import type { Binding, BindingClass, BindingField, HclType } from "./bindings.ts";

/** The schema of a binding's resource type. What the binding leaves open stays `dynamic`. */
export function toSchema(binding: Binding): Schema {
  return { version: 0, block: toBlock(binding.root, binding) };
}

function toBlock({ fields, hcl }: BindingClass, binding: Binding): Block {
  const attributes: [string, Attribute][] = [];
  const blocks: [string, NestedBlock][] = [];
  for (const field of fields) {
    const type = hcl.get(field.name);
    const inner = binding.classes.get(field.nested?.class ?? type?.storage.replace(/List$/, "") ?? "");
    if (inner && type && isBlock(field, type, binding)) {
      blocks.push([field.name, { ...nesting(field, type), block: toBlock(inner, binding) }]);
    } else {
      attributes.push([field.name, { type: typeOf(field, type, binding), ...flags(field) }]);
    }
  }
  return { attributes: sorted(attributes), block_types: sorted(blocks) };
}

const sorted = <T>(entries: [string, T][]) =>
  Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));

const flags = ({ computed, optional, required }: BindingField) => ({
  ...(required && { required: true as const }),
  ...(optional && { optional: true as const }),
  ...(computed && { computed: true as const }),
});

const isBlock = ({ name }: BindingField, { isBlock, type }: HclType, { blocks }: Binding) =>
  isBlock && (blocks.has(name) || type === "list" || type === "set");

function nesting({ name, nested, required }: BindingField, { type }: HclType): Omit<NestedBlock, "block"> {
  if (name === "timeouts" || type === "struct") return { nesting_mode: "single" };
  return {
    nesting_mode: type === "set" || nested?.set ? "set" : "list",
    ...(nested?.one && { max_items: 1 }),
    ...(required && { min_items: 1 }),
  };
}

function typeOf(field: BindingField, type: HclType | undefined, binding: Binding): AttributeType {
  const { nested } = field;
  const inner = nested && binding.classes.get(nested.class);
  if (inner) {
    const { attributes, block_types } = toBlock(inner, binding);
    const members = Object.entries(attributes).map(([name, attribute]) => [name, attribute.type] as const);
    const open = Object.keys(block_types).map((name) => [name, "dynamic"] as const);
    const object: AttributeType = ["object", Object.fromEntries([...members, ...open])];
    if (nested.one) return object;
    return nested.set ? ["set", withoutDynamic(object)] : ["list", object];
  }
  return (type && written(type)) ?? readBy(field.body);
}

const PRIMITIVES: Record<string, string> = { string: "string", number: "number", boolean: "bool", any: "dynamic" };

/** The type by which the binding writes an argument: `string`, `numberList`, `stringMap`, `stringMapList`, … */
function written({ type, storage }: HclType): AttributeType | undefined {
  const [, primitive = "", map, list] = /^(string|number|boolean|any)(Map)?(List|Set)?$/.exec(storage) ?? [];
  const base = PRIMITIVES[primitive];
  if (!base) return undefined;
  const element: AttributeType = map ? ["map", base] : base;
  if (!list) return element;
  return type === "set" ? ["set", withoutDynamic(element)] : ["list", element];
}

const READERS: [RegExp, AttributeType][] = [
  [/cdktn\.Fn\.tolist/, ["set", "string"]],
  [/getListAttribute/, ["list", "string"]],
  [/getNumberListAttribute/, ["list", "number"]],
  [/StringMap\b|getStringMapAttribute/, ["map", "string"]],
  [/BooleanMap\b|getBooleanMapAttribute/, ["map", "bool"]],
  [/NumberMap\b|getNumberMapAttribute/, ["map", "number"]],
  [/getStringAttribute/, "string"],
  [/getNumberAttribute/, "number"],
  [/getBooleanAttribute/, "bool"],
];

/** The type by which the binding reads what only the provider sets. */
const readBy = (body: string) => READERS.find(([reader]) => reader.test(body))?.[1] ?? "dynamic";

/** Terraform takes no set of values whose type is open. */
function withoutDynamic(type: AttributeType): AttributeType {
  return JSON.parse(JSON.stringify(type).replaceAll('"dynamic"', '"string"')) as AttributeType;
}
