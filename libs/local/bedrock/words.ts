import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unit, unpack, type Vector } from "./vector.ts";

export const WORD_DIMENSIONS = 100;
const folder = join(import.meta.dirname, "vocabulary");

/** Too common in names of trainings and roles to tell one from another. */
const COMMON = new Set(
  `the a an of for and in on to with at by from as is or into your my our it this that i ii iii iv course courses training trainings workshop basics
   beginner beginners advanced introduction fundamentals level certificate certification certified seminar class classes programme program update
   masterclass refresher licence license skills techniques practice work working camp weekend holiday evening lessons diploma module day days session event exam tour renewal renew renewed refreshing requalification attendance participation approval request further external measure following one some something other`.split(
    /\s+/,
  ),
);

interface Words {
  places: Map<string, number>;
  vectors: Int8Array;
}
let loaded: Words | undefined;

/** GloVe's word vectors, of its most frequent English words in their order: see vocabulary/README.md. */
function words(): Words {
  loaded ??= (() => {
    const places = new Map(
      readFileSync(join(folder, "words.txt"), "utf8")
        .split("\n")
        .map((word, place) => [word, place]),
    );
    const bytes = readFileSync(join(folder, "words.bin"));
    return { places, vectors: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
  })();
  return loaded;
}

const placeOf = (word: string): number | undefined => {
  const { places } = words();
  return places.get(word) ?? (word.endsWith("s") ? places.get(word.slice(0, -1)) : undefined);
};

/** A word's place among all by how frequent it is, from 0; undefined where it is not among the 40,000. */
export const rankOf = (word: string): number | undefined => words().places.get(word);

/** The words that tell something, in lower case: `C++`, `ISO`, `27001` and `e-commerce` are words too. */
export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}+#.-]+/u)
    .map((word) => word.replaceAll(/^[.-]+|[.-]+$/g, ""))
    .filter((word) => word !== "" && !COMMON.has(word));

/** "Workshop" alone names no training. */
export const isNamed = (training: string | undefined): training is string =>
  training !== undefined && wordsOf(training).some((word) => /\p{L}{3}/u.test(word));

/** A text's direction by its words alone, the frequent ones counting less; undefined where none is known. */
export function wordVector(text: string): Vector | undefined {
  const sum = new Float32Array(WORD_DIMENSIONS);
  let known = 0;
  for (const word of wordsOf(text)) {
    const place = placeOf(word);
    if (place === undefined) continue;
    known += 1;
    const weight = Math.min(1, Math.log(1 + place) / Math.log(40_000));
    const vector = unpack(words().vectors, WORD_DIMENSIONS, place);
    for (let index = 0; index < WORD_DIMENSIONS; index += 1)
      sum[index] = (sum[index] ?? 0) + weight * (vector[index] ?? 0);
  }
  return known === 0 ? undefined : unit(sum);
}
