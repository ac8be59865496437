import { type Finding, finding } from "./finding.ts";

const FEWEST_WORDS = 5;
const FEWEST_LETTERS = 24;
/** Of a passage of so many words no single word sways what is told of it. */
const WORDS_TO_BE_SURE = 10;

/** Tells the language of each sentence (ISO 639-1), null where it cannot: `#reading`'s, or a test's. */
export type LanguagesOf = (sentences: readonly string[]) => Promise<(string | null)[]>;

type Passage = { passage: string; words: string[]; running: string[] };

/**
 * Passages in a language that the rubric was not tried in. Titles and names of people and places are in many languages: only
 * passages of running words count, and without what is capitalised they must not read as a language that is judged here. A short
 * one counts where both are told to be the same language, and none that is judged here whichever of its words is left out. Any of
 * another script counts.
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
  const passages = passagesOf(text);
  if (passages.length === 0) return [];
  const told = await toldOf(passages, ({ words, running }) => [words, running], languagesOf);
  const isForeign = (language: string | null) => language !== null && !languages.includes(language);
  const suspects = passages.flatMap((passage, index) => {
    const [language = null, ofRunning = null] = told[index] ?? [];
    const isSame = isLong(passage) ? !languages.includes(ofRunning ?? "") : ofRunning === language;
    return isForeign(language) && isSame ? [{ ...passage, language }] : [];
  });
  const foreign = suspects.find(isLong) ?? (await firstSure(suspects, isForeign, languagesOf));
  if (!foreign) return [];
  const note = `The document holds text in a language that is not judged here (${foreign.language}).`;
  return [finding("language", note, foreign.passage)];
}

function passagesOf(text: string): Passage[] {
  return text.split(/\n+|(?<=[.!?])\s+/).flatMap((passage) => {
    const words: string[] = passage.match(/\p{L}[\p{L}'’]*/gu) ?? [];
    const running = words.filter((word) => /^\p{Ll}/u.test(word));
    if (words.length < FEWEST_WORDS || running.length < words.length / 2) return [];
    return words.join(" ").length < FEWEST_LETTERS ? [] : [{ passage, words, running }];
  });
}

const isLong = ({ words }: Passage): boolean => words.length >= WORDS_TO_BE_SURE;

async function firstSure<P extends Passage>(
  suspects: readonly P[],
  isForeign: (language: string | null) => boolean,
  languagesOf: LanguagesOf,
): Promise<P | undefined> {
  if (suspects.length === 0) return undefined;
  const withoutEach = (words: string[]) => words.map((_, left) => words.filter((_, index) => index !== left));
  const readings = ({ words, running }: P) => [...withoutEach(words), ...withoutEach(running)];
  const told = await toldOf(suspects, readings, languagesOf);
  return suspects.find((_, index) => told[index]?.every(isForeign));
}

/** What is told of each passage's readings; all are asked about at once. */
async function toldOf<P extends Passage>(
  passages: readonly P[],
  readingsOf: (passage: P) => string[][],
  languagesOf: LanguagesOf,
): Promise<(string | null)[][]> {
  const readings = passages.map(readingsOf);
  const told = await languagesOf(readings.flat().map((words) => words.join(" ")));
  let next = 0;
  return readings.map(({ length }) => {
    next += length;
    return told.slice(next - length, next);
  });
}
