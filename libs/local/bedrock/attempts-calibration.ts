import { chanceOf, measuresOf } from "./attempts.ts";
import { embed } from "./embeddings.ts";

export interface LabelledSentence {
  label: "attempt" | "plain";
  text: string;
}

const ROUNDS = 400;
const DECAY = 0.01;

/** The weights that tell an attempt on the judge from what a request says. */
export async function fitAttempts(sentences: readonly LabelledSentence[]): Promise<number[]> {
  const vectors = await embed(sentences.map(({ text }) => text));
  return fitLogistic(
    sentences.map(({ text, label }, index) => ({
      measures: measuresOf(text, vectors[index] ?? new Float32Array()),
      wanted: label === "attempt" ? 1 : 0,
    })),
  );
}

/** Logistic regression by gradient descent; the first measure is the bias, which does not decay. */
export function fitLogistic(measured: readonly { measures: number[]; wanted: number }[]): number[] {
  const weights = new Array<number>(measured[0]?.measures.length ?? 0).fill(0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = weights.map((weight, index) => (index === 0 ? 0 : -DECAY * weight));
    for (const { measures, wanted } of measured) {
      const error = (wanted - chanceOf(measures, weights)) / measured.length;
      for (const [index, value] of measures.entries()) gradient[index] = (gradient[index] ?? 0) + error * value;
    }
    for (const [index, step] of gradient.entries()) weights[index] = (weights[index] ?? 0) + step;
  }
  return weights.map((weight) => Math.round(weight * 1_000) / 1_000);
}
