import { readFileSync } from "node:fs";
import { join } from "node:path";
import { embed, SENTENCE_DIMENSIONS } from "./embeddings.ts";
import { unit, type Vector } from "./vector.ts";
import { WORD_DIMENSIONS, wordVector } from "./words.ts";

/** How much a text's words weigh beside its sentence. */
const WORDS_WEIGHT = 0.7;
export const GIVEN = SENTENCE_DIMENSIONS + WORD_DIMENSIONS;
export const SPACE_DIMENSIONS = 128;

/** A text as the projection takes it: its sentence's direction, then its words'. */
export function given(sentence: Vector, words: Vector | undefined): Vector {
  const both = new Float32Array(GIVEN);
  both.set(sentence);
  for (let index = 0; index < WORD_DIMENSIONS; index += 1)
    both[SENTENCE_DIMENSIONS + index] = WORDS_WEIGHT * (words?.[index] ?? 0);
  return both;
}

let loaded: Float32Array | undefined;

/** The projection, a row of `SPACE_DIMENSIONS` for each dimension given. */
function projection(): Float32Array {
  loaded ??= (() => {
    const bytes = readFileSync(join(import.meta.dirname, "vocabulary", "space.bin"));
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  })();
  return loaded;
}

/**
 * Where a text lies in the space of work, in which a role is near what its people learn: a projection of sentence and word vectors,
 * learnt from the vocabulary's own groups (`space-calibration.ts`). The plain vectors tell topics apart, this one trades.
 */
export const placed = (sentence: Vector, words: Vector | undefined, by = projection()): Vector =>
  unit(project(given(sentence, words), by));

export function project(from: Vector, by: Float32Array): Float32Array {
  const to = new Float32Array(SPACE_DIMENSIONS);
  for (let row = 0; row < GIVEN; row += 1) {
    const value = from[row] ?? 0;
    if (value === 0) continue;
    const start = row * SPACE_DIMENSIONS;
    for (let column = 0; column < SPACE_DIMENSIONS; column += 1)
      to[column] = (to[column] ?? 0) + value * (by[start + column] ?? 0);
  }
  return to;
}

/** Where each of the texts lies, in their order. */
export async function placesOf(texts: readonly string[]): Promise<Vector[]> {
  const sentences = await embed(texts);
  return texts.map((text, index) =>
    placed(sentences[index] ?? new Float32Array(SENTENCE_DIMENSIONS), wordVector(text)),
  );
}
