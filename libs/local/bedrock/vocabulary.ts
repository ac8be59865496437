import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Lexicon, lexiconOf } from "./lexicon.ts";
import { SPACE_DIMENSIONS } from "./space.ts";
import { unit, unpack, type Vector } from "./vector.ts";

export const vocabularyFolder = join(import.meta.dirname, "vocabulary");

export interface Occupation {
  name: string;
  titles: readonly string[];
  skills: readonly string[];
  /** Where its titles and its skills lie in the space of work. */
  titlePlaces: Vector[];
  skillPlaces: Vector[];
  /** The middle of its skills: how near two occupations are is how alike these are. */
  centre: Vector;
}

/** What the model knows of work: occupations with their titles and skills, what serves in any work, and what serves in none. */
export interface Vocabulary {
  occupations: Occupation[];
  lexicon: Lexicon;
  transversal: Vector[];
  leisure: Vector[];
}

const linesOf = (file: string) =>
  readFileSync(join(vocabularyFolder, file), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
const listOf = (text = "") =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** The vocabulary as it is written. */
export function lists() {
  const occupations = linesOf("occupations.txt").map((line) => {
    const [name = "", titles, skills] = line.split(";").map((part) => part.trim());
    return { name, titles: listOf(titles), skills: listOf(skills) };
  });
  return { occupations, transversal: linesOf("transversal.txt"), leisure: linesOf("leisure.txt") };
}

/** Every phrase once, in the order in which `vocabulary.bin` holds their places. */
export function phrases(): string[] {
  const { occupations, transversal, leisure } = lists();
  return [
    ...new Set([...occupations.flatMap(({ titles, skills }) => [...titles, ...skills]), ...transversal, ...leisure]),
  ];
}

let loaded: Vocabulary | undefined;

/** Loads the vocabulary with its places, which `scripts/calibrate/offline-model.ts` makes. */
export function vocabulary(): Vocabulary {
  loaded ??= (() => {
    const bytes = readFileSync(join(vocabularyFolder, "vocabulary.bin"));
    const packed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const known = new Map(phrases().map((phrase, place) => [phrase, unpack(packed, SPACE_DIMENSIONS, place)]));
    const all = (list: readonly string[]) => list.map((phrase) => known.get(phrase)).filter((one) => one !== undefined);
    const { occupations, transversal, leisure } = lists();
    return {
      occupations: occupations.map(({ name, titles, skills }) => {
        const skillPlaces = all(skills);
        return { name, titles, skills, titlePlaces: all(titles), skillPlaces, centre: middleOf(skillPlaces) };
      }),
      lexicon: lexiconOf(occupations.map(({ titles, skills }) => [...titles, ...skills])),
      transversal: all(transversal),
      leisure: all(leisure),
    };
  })();
  return loaded;
}

/** The direction in the middle of others. */
export const middleOf = (vectors: readonly Vector[], weight: (index: number) => number = () => 1): Vector =>
  unit(
    Array.from({ length: SPACE_DIMENSIONS }, (_, place) =>
      vectors.reduce((sum, one, index) => sum + weight(index) * (one[place] ?? 0), 0),
    ),
  );
