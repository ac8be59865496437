import { type Finding, finding } from "./finding.ts";

const FEWEST_WORDS = 5;
const FEWEST_LETTERS = 24;

/**
 * Passages in a language that the rubric was not tried in. Titles and names of places are in many languages: only passages
 * of running words count, and any of another script.
 */
export async function findLanguages(text: string, languages: readonly string[]): Promise<Finding[]> {
  const script = /[^\P{L}\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+/gu;
  const other = (text.match(script) ?? []).join("");
  if (other.length > 3)
    return [finding("language", "The document holds text in another script.", text.match(script)?.join(" "))];
  const { eld } = await import("eld/extrasmall");
  for (const passage of text.split(/\n+|(?<=[.!?])\s+/)) {
    const words = passage.match(/\p{L}[\p{L}'’]*/gu) ?? [];
    const running = words.filter((word) => /^\p{Ll}/u.test(word));
    if (words.length < FEWEST_WORDS || running.length < words.length / 2) continue;
    const sentence = words.join(" ");
    if (sentence.length < FEWEST_LETTERS) continue;
    const { language, isReliable } = eld.detect(sentence);
    if (language !== "" && isReliable() && !languages.includes(language))
      return [
        finding("language", `The document holds text in a language that is not judged here (${language}).`, passage),
      ];
  }
  return [];
}
