/** A schema as `terraform providers schema -json` prints it, as far as we use it. */
export interface ProviderSchema {
  provider: Schema;
  resource_schemas: Record<string, Schema>;
}

export interface Schema {
  version: number;
  block: Block;
}

export interface Block {
  attributes: Record<string, Attribute>;
  block_types: Record<string, NestedBlock>;
}

export interface Attribute {
  /** A type in Terraform's own notation: `"string"`, `["list", "string"]`, `["object", { … }]`. */
  type: AttributeType;
  required?: true;
  optional?: true;
  computed?: true;
}

export type AttributeType = string | readonly [string, AttributeType | Record<string, AttributeType>];

export interface NestedBlock {
  nesting_mode: "single" | "list" | "set";
  block: Block;
  min_items?: number;
  max_items?: number;
}

/** `aws-schema.json`: the schemas of the resource types that the modules use, and where they come from. */
export interface SchemaFile {
  /** The package whose bindings it was made from, and the provider version that those were made for. */
  source: { package: string; version: string; provider: string; providerVersion: string };
  schema: ProviderSchema;
}
