import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Meaning, meaning } from "./meaning.ts";
import { unit, unpack, type Vector } from "./vector.ts";

export const SENTENCE_DIMENSIONS = 512;
export const vocabularyFolder = join(import.meta.dirname, "vocabulary");

export interface Occupation {
  name: string;
  titles: Meaning[];
  skills: Meaning[];
  /** The middle of its skills: how near two occupations are is how alike these are. */
  centre: Vector;
}

/** What the model knows of work: occupations with their titles and skills, what serves in any work, and what serves in none. */
export interface Vocabulary {
  occupations: Occupation[];
  transversal: Meaning[];
  leisure: Meaning[];
}

const linesOf = (file: string) =>
  readFileSync(join(vocabularyFolder, file), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
const listOf = (text = "") => text.split(",").map((item) => item.trim());

function lists() {
  const occupations = linesOf("occupations.txt").map((line) => {
    const [name = "", titles, skills] = line.split(";").map((part) => part.trim());
    return { name, titles: listOf(titles), skills: listOf(skills) };
  });
  return { occupations, transversal: linesOf("transversal.txt"), leisure: linesOf("leisure.txt") };
}

/** Every phrase once, in the order in which `vocabulary.bin` holds their vectors. */
export function phrases(): string[] {
  const { occupations, transversal, leisure } = lists();
  return [
    ...new Set([...occupations.flatMap(({ titles, skills }) => [...titles, ...skills]), ...transversal, ...leisure]),
  ];
}

/** Tells whether the vectors belong to the phrases. */
export const fingerprint = (all: readonly string[]): string =>
  createHash("sha256").update(all.join("\n")).digest("hex");

let loaded: Vocabulary | undefined;

/** Loads the vocabulary with its vectors, which `scripts/calibrate/offline-model.ts` makes. */
export function vocabulary(): Vocabulary {
  loaded ??= (() => {
    const bytes = readFileSync(join(vocabularyFolder, "vocabulary.bin"));
    const vectors = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const known = new Map(
      phrases().map((phrase, place) => [phrase, meaning(phrase, unpack(vectors, SENTENCE_DIMENSIONS, place))]),
    );
    const all = (list: readonly string[]) => list.map((phrase) => known.get(phrase)).filter((one) => one !== undefined);
    const { occupations, transversal, leisure } = lists();
    return {
      occupations: occupations.map(({ name, titles, skills }) => {
        const known = all(skills);
        return { name, titles: all(titles), skills: known, centre: centreOf(known.map(({ sentence }) => sentence)) };
      }),
      transversal: all(transversal),
      leisure: all(leisure),
    };
  })();
  return loaded;
}

const centreOf = (vectors: readonly Vector[]): Vector =>
  unit(
    Array.from({ length: SENTENCE_DIMENSIONS }, (_, index) => vectors.reduce((sum, one) => sum + (one[index] ?? 0), 0)),
  );
