import { createHash } from "node:crypto";

export const md5 = (data: string | Uint8Array) => createHash("md5").update(data).digest("hex");

export interface MessageAttribute {
  DataType: string;
  StringValue?: string | undefined;
  BinaryValue?: string | undefined;
}

const STRING = 1;
const BINARY = 2;

/**
 * The digest that the SDKs check: names sorted, then for each name, type and value their length and bytes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: Readonly<Record<string, MessageAttribute>>): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const { DataType = "String", StringValue, BinaryValue } = attributes[name] ?? {};
    const isBinary = DataType.startsWith("Binary");
    const value = isBinary ? Buffer.from(BinaryValue ?? "", "base64") : Buffer.from(StringValue ?? "");
    return [
      sized(Buffer.from(name)),
      sized(Buffer.from(DataType)),
      Buffer.from([isBinary ? BINARY : STRING]),
      sized(value),
    ];
  });
  return md5(Buffer.concat(parts));
}

function sized(data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, data]);
}
