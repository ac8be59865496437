import { type Finding, finding } from "./finding.ts";

const FEWEST_WORDS = 5;
const FEWEST_LETTERS = 24;

/** Tells the language of each sentence (ISO 639-1), null where it cannot: `#reading`'s, or a test's. */
export type LanguagesOf = (sentences: readonly string[]) => Promise<(string | null)[]>;

/**
 * Passages in a language that the rubric was not tried in. Titles and names of places are in many languages: only passages
 * of running words count, and any of another script.
 */
export async function findLanguages(
  text: string,
  languages: readonly string[],
  languagesOf: LanguagesOf,
): Promise<Finding[]> {
  const script = /[^\P{L}\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+/gu;
  const other = (text.match(script) ?? []).join("");
  if (other.length > 3)
    return [finding("language", "The document holds text in another script.", text.match(script)?.join(" "))];
  const passages = text.split(/\n+|(?<=[.!?])\s+/).flatMap((passage) => {
    const words = passage.match(/\p{L}[\p{L}'’]*/gu) ?? [];
    const running = words.filter((word) => /^\p{Ll}/u.test(word));
    if (words.length < FEWEST_WORDS || running.length < words.length / 2) return [];
    const sentence = words.join(" ");
    return sentence.length < FEWEST_LETTERS ? [] : [{ passage, sentence }];
  });
  if (passages.length === 0) return [];
  const told = await languagesOf(passages.map(({ sentence }) => sentence));
  const at = told.findIndex((language) => language !== null && !languages.includes(language));
  const foreign = passages[at];
  if (!foreign) return [];
  const note = `The document holds text in a language that is not judged here (${told[at]}).`;
  return [finding("language", note, foreign.passage)];
}
