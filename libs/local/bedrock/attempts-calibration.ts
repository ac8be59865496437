import { adamOf } from "./adam.ts";
import { chanceOf, measuresOf } from "./attempts.ts";
import { embed } from "./embeddings.ts";

export interface LabelledSentence {
  label: "attempt" | "plain";
  text: string;
}

const ROUNDS = 400;
const [RATE, LAST_RATE] = [0.02, 0.002];
const DECAY = 0.003;

/** The weights that tell an attempt on the judge from what a request says: logistic regression by Adam. The first measure is the bias, which does not decay. */
export async function fitAttempts(sentences: readonly LabelledSentence[]): Promise<number[]> {
  const vectors = await embed(sentences.map(({ text }) => text));
  const points = sentences.map(({ text, label }, index) => ({
    measures: Float64Array.from(measuresOf(text, vectors[index] ?? new Float32Array())),
    wanted: label === "attempt" ? 1 : 0,
  }));
  const weights = new Float64Array(points[0]?.measures.length ?? 0);
  const step = adamOf(weights);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = weights.map((weight, index) => (index === 0 ? 0 : DECAY * weight));
    for (const { measures, wanted } of points) {
      const error = (chanceOf(measures, weights) - wanted) / points.length;
      for (let index = 0; index < weights.length; index += 1)
        gradient[index] = (gradient[index] ?? 0) + error * (measures[index] ?? 0);
    }
    step(gradient, RATE + (LAST_RATE - RATE) * (round / ROUNDS));
  }
  return [...weights].map((weight) => Math.round(weight * 1_000) / 1_000);
}
