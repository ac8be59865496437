import { embed, SENTENCE_DIMENSIONS } from "../embeddings.ts";
import { given } from "../space.ts";
import { softmax, type Vector } from "../vector.ts";
import { wordVector } from "../words.ts";
import weights from "./name-chances.json" with { type: "json" };

/** How likely words name a role, a training, or neither. */
export type NameChances = [role: number, training: number, other: number];

/** A row for each of the three, with its bias first. */
export type NameWeights = number[][];

/** The chances by what the words mean alone, wherever they stand. */
export async function nameChances(texts: readonly string[], by: NameWeights = weights): Promise<NameChances[]> {
  return (await meaningsOf(texts)).map((meaning) => chancesBy(meaning, by));
}

/** Each text's meaning as the projection of the space of work takes it. */
export async function meaningsOf(texts: readonly string[]): Promise<Vector[]> {
  const sentences = await embed(texts);
  return texts.map((text, index) => given(sentences[index] ?? new Float32Array(SENTENCE_DIMENSIONS), wordVector(text)));
}

export function chancesBy(meaning: Vector, by: NameWeights): NameChances {
  const sums = by.map(([bias = 0, ...row]) =>
    row.reduce((sum, weight, index) => sum + weight * (meaning[index] ?? 0), bias),
  );
  const [role = 0, training = 0, other = 0] = softmax(sums);
  return [role, training, other];
}
