/** The little of protocol buffers that a schema needs: https://protobuf.dev/programming-guides/encoding/ */

const VARINT = 0;
const LENGTH_DELIMITED = 2;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
}

/** A field that holds a number or a boolean. Zero and false are left out: they are the defaults. */
export function number(field: number, value: number | boolean = 0): Buffer {
  if (!value) return Buffer.alloc(0);
  return Buffer.concat([varint((field << 3) | VARINT), varint(Number(value))]);
}

/** A field that holds a string, bytes, or a message that is encoded already. */
export function bytes(field: number, value: string | Buffer): Buffer {
  const content = Buffer.from(value);
  return Buffer.concat([varint((field << 3) | LENGTH_DELIMITED), varint(content.length), content]);
}
