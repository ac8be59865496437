import { embed } from "./embeddings.ts";
import { dot, type Vector } from "./vector.ts";
import { rareWordsOf, wordVector } from "./words.ts";

/** A text as the model understands it: as a sentence, by its words, and by the words that are its own. */
export interface Meaning {
  text: string;
  sentence: Vector;
  words: Vector | undefined;
  rare: ReadonlySet<string>;
}

export const meaning = (text: string, sentence: Vector): Meaning => ({
  text,
  sentence,
  words: wordVector(text),
  rare: new Set(rareWordsOf(text)),
});

/** The meanings of texts, in their order. */
export async function meanings(texts: readonly string[]): Promise<Meaning[]> {
  const sentences = await embed(texts);
  return texts.map((text, index) => meaning(text, sentences[index] ?? new Float32Array()));
}

const WORDS_SHARE = 0.35;
/** Two texts that share a word of a trade are about the same trade. */
const SHARED_WORD = 0.72;

/** How alike two meanings are, from about 0 to 1. */
export function likeness(one: Meaning, other: Meaning): number {
  const bySentence = dot(one.sentence, other.sentence);
  const byWords = one.words && other.words ? Math.max(0, dot(one.words, other.words)) : bySentence;
  const mixed = (1 - WORDS_SHARE) * bySentence + WORDS_SHARE * byWords;
  for (const word of one.rare) if (other.rare.has(word)) return Math.max(mixed, SHARED_WORD);
  return mixed;
}
