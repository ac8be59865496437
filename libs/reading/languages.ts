import { eld } from "eld/extrasmall";

/** The language of each sentence (ISO 639-1), null where it cannot be told with confidence. */
export function languagesOf(sentences: readonly string[]): (string | null)[] {
  return sentences.map((sentence) => {
    const { language, isReliable } = eld.detect(sentence);
    return language !== "" && isReliable() ? language : null;
  });
}
