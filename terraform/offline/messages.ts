import type { Block, ProviderSchema, Schema } from "./schema.ts";
import { bytes, number } from "./wire.ts";

const NESTING = { single: 1, list: 2, set: 3 } as const;

/** `GetProviderSchema.Response` of Terraform's plugin protocol 6. The numbers are the fields of its `tfplugin6.proto`. */
export function schemaResponse({ provider, resource_schemas }: ProviderSchema): Buffer {
  const resources = Object.entries(resource_schemas).map(([type, schema]) =>
    bytes(2, Buffer.concat([bytes(1, type), bytes(2, encodeSchema(schema))])),
  );
  return Buffer.concat([bytes(1, encodeSchema(provider)), ...resources]);
}

const encodeSchema = ({ version, block }: Schema) => Buffer.concat([number(1, version), bytes(2, encodeBlock(block))]);

function encodeBlock({ attributes, block_types }: Block): Buffer {
  const fields = Object.entries(attributes).map(([name, { type, required, optional, computed }]) =>
    bytes(
      2,
      Buffer.concat([
        bytes(1, name),
        bytes(2, JSON.stringify(type)),
        number(4, required),
        number(5, optional),
        number(6, computed),
      ]),
    ),
  );
  const blocks = Object.entries(block_types).map(([name, { nesting_mode, block, min_items, max_items }]) =>
    bytes(
      3,
      Buffer.concat([
        bytes(1, name),
        bytes(2, encodeBlock(block)),
        number(3, NESTING[nesting_mode]),
        number(4, min_items),
        number(5, max_items),
      ]),
    ),
  );
  return Buffer.concat([...fields, ...blocks]);
}
