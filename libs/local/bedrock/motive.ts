import { chanceOf } from "./attempts.ts";
import { embed } from "./embeddings.ts";
import weights from "./motive.json" with { type: "json" };
import type { Vector } from "./vector.ts";

/** How far a request's reasons speak of work, and how far of the author's private life; each from 0 to 1. */
export interface Motive {
  work: number;
  private: number;
}

const SCALE = 4;
const SIGNS = [
  /\d/,
  /\b(?:we|our|us)\b/i,
  /\b(?:hobby|free time|spare time|leisure|holiday|vacation|weekends?|wife|husband|girlfriend|boyfriend|daughter|son|children|kids|family|wedding|garden|dream(?:ed|t)?|fun|fascinat\w*|relax\w*|private(?:ly)?|myself|at home|friend|birthday|love)\b/i,
  /\b(?:customers?|clients?|patients?|residents?|guests?|pupils?|department|team|shift|audit\w*|law|regulations?|certificat\w*|licen[cs]e|expires?|contract|project|machines?|incidents?|complaints?|errors?|downtime|orders?|introduc\w*|responsible|required?|requires|euros?|hours)\b/i,
];

/** What is measured of a sentence: a bias, its meaning, and the words that tell one life from the other. */
export const motiveMeasures = (sentence: string, vector: Vector): number[] => [
  1,
  ...Array.from(vector, (value) => value * SCALE),
  ...SIGNS.map((sign) => (sign.test(sentence) ? 1 : 0)),
];

const FEWEST_WORDS = 3;
const MOST_SENTENCES = 60;

/** Reads the motive out of reasons: the sentence that speaks most of each. */
export async function motiveOf(reasons: string | undefined): Promise<Motive> {
  const sentences = (reasons ?? "")
    .split(/\n+|(?<=[.!?;])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => (sentence.match(/\p{L}+/gu)?.length ?? 0) >= FEWEST_WORDS)
    .slice(0, MOST_SENTENCES);
  const vectors = await embed(sentences);
  const most = (by: readonly number[]) =>
    Math.max(
      0,
      ...sentences.map((sentence, index) =>
        chanceOf(motiveMeasures(sentence, vectors[index] ?? new Float32Array()), by),
      ),
    );
  return { work: most(weights.work), private: most(weights.private) };
}
