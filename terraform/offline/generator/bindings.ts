/**
 * What a TypeScript binding of `@cdktn/provider-aws` says about its resource type, read from the binding's text: every
 * attribute has a comment `// name - computed: …, optional: …, required: …`, and the functions that write HCL hold its types.
 */
export interface Binding {
  type: string;
  providerVersion: string;
  root: BindingClass;
  /** Of the nested blocks and objects, by the name that references them. */
  classes: Map<string, BindingClass>;
  /** Names that the documentation calls a block; what else is nested is an attribute. */
  blocks: Set<string>;
}

export interface BindingClass {
  fields: BindingField[];
  hcl: Map<string, HclType>;
}

export interface BindingField {
  name: string;
  computed: boolean;
  optional: boolean;
  required: boolean;
  /** The code of its accessors. */
  body: string;
  /** Where it is nested: the class of what it holds, how many, and whether it is a set. */
  nested?: { class: string; one: boolean; set: boolean };
}

export interface HclType {
  isBlock: boolean;
  type: string;
  storage: string;
}

/** @throws Error where the text is no binding of a resource or a provider */
export function readBinding(js: string, types: string): Binding {
  const writers = new Map(
    [...js.matchAll(/^(?:export )?function (\w+)ToHclTerraform\(struct\) \{([\s\S]*?)^\}/gm)].map((match) => [
      match[1] ?? "",
      match[2] ?? "",
    ]),
  );
  const sources = new Map(
    [...js.matchAll(/^class (\w+) extends [\s\S]*?^\}/gm)].map((match) => [match[1] ?? "", match[0]]),
  );
  const main = [...sources.values()].find((source) => /static tfResourceType = "/.test(source));
  const type = main && /static tfResourceType = "([^"]+)"/.exec(main)?.[1];
  if (!main || !type) throw new Error("Expected a binding with a `tfResourceType`.");

  const writerOf = (name: string) => writers.get(name.charAt(0).toLowerCase() + name.slice(1)) ?? "";
  const classes = new Map<string, BindingClass>();
  for (const [name, source] of sources) {
    const inner = name.replace(/OutputReference$/, "");
    if (source === main || (inner === name && sources.has(`${name}OutputReference`))) continue;
    classes.set(inner, { fields: fieldsOf(source), hcl: hclTypes(writerOf(inner)) });
  }
  // The provider's own blocks have no class: their writers say what is in them, and that is all optional.
  for (const [name, text] of writers) {
    const inner = name.charAt(0).toUpperCase() + name.slice(1);
    if (classes.has(inner)) continue;
    const hcl = hclTypes(text);
    const flags = { computed: false, optional: true, required: false, body: "" };
    classes.set(inner, { fields: [...hcl.keys()].map((field) => ({ name: field, ...flags })), hcl });
  }
  const writer = /synthesizeHclAttributes\(\) \{([\s\S]*?)\n {4}\}/.exec(main)?.[1] ?? "";
  return {
    type,
    providerVersion: /providerVersion: '([^']+)'/.exec(main)?.[1] ?? "",
    root: { fields: fieldsOf(main), hcl: hclTypes(writer) },
    classes,
    blocks: new Set([...types.matchAll(/^\s*\* (\w+) block$/gm)].map((match) => match[1] ?? "")),
  };
}

const FIELD =
  /\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n([\s\S]*?)(?=\n {4}\/\/ \w+ - computed|\n {4}\/\/ =====|\n\}|$)/g;

function fieldsOf(source: string): BindingField[] {
  const fields = new Map<string, BindingField>();
  for (const [, name = "", computed, optional, required, body = ""] of source.matchAll(FIELD)) {
    if (fields.has(name)) continue;
    const flags = { computed: computed === "true", optional: optional === "true", required: required === "true" };
    const nested = nestedOf(body);
    fields.set(name, { name, ...flags, body, ...(nested && { nested }) });
  }
  return [...fields.values()];
}

function nestedOf(body: string): BindingField["nested"] {
  const [, name, kind, set] =
    /new (\w+?)(OutputReference|List|Map)\(this, ["']\w+["'](?:, (true|false))?\)/.exec(body) ?? [];
  if (!name || name.startsWith("cdktn") || /^(String|Number|Boolean|Any)$/.test(name)) return undefined;
  return { class: name, one: kind === "OutputReference", set: set === "true" };
}

const HCL =
  /^\s{8,12}'?([\w-]+)'?: \{\s*\n\s*value: [^\n]*,\n\s*isBlock: (true|false),\n\s*type: "(\w+)",\n\s*storageClassType: "(\w+)",/gm;

function hclTypes(writer: string): Map<string, HclType> {
  const found = [...writer.matchAll(HCL)].map(
    ([, name = "", isBlock, type = "", storage = ""]) =>
      [name, { isBlock: isBlock === "true", type, storage }] as const,
  );
  return new Map(found);
}
