export type Vector = Float32Array;

export function dot(one: Vector, other: Vector): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

/** The same direction with length 1; nothing stays nothing. */
export function unit(values: ArrayLike<number>): Vector {
  const vector = Float32Array.from(values);
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** Chances from sums of evidence: they are 1 together. */
export function softmax(sums: readonly number[]): number[] {
  const most = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - most));
  const total = powers.reduce((all, power) => all + power, 0);
  return powers.map((power) => power / total);
}

/** Directions as a byte a dimension, each scaled by its largest: what `unpack` reads. */
export function pack(vectors: readonly ArrayLike<number>[]): Int8Array {
  const dimensions = vectors[0]?.length ?? 0;
  const bytes = new Int8Array(vectors.length * dimensions);
  for (const [place, vector] of vectors.entries()) {
    const largest = Array.from(vector).reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    for (let index = 0; index < dimensions; index += 1)
      bytes[place * dimensions + index] = Math.round(((vector[index] ?? 0) / largest) * 127);
  }
  return bytes;
}

/** The direction at a place of packed ones. */
export const unpack = (bytes: Int8Array, dimensions: number, place: number): Vector =>
  unit(bytes.subarray(place * dimensions, (place + 1) * dimensions));
