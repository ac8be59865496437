import { sentencesOf } from "./attempts.ts";
import { embed, SENTENCE_DIMENSIONS } from "./embeddings.ts";
import { spokenIn } from "./reading/passages.ts";
import { lists } from "./vocabulary.ts";
import { rankOf } from "./words.ts";

/** What a request says, whatever it asks for: what its sentences mean in the middle, and which of some words it uses. */
export async function saidMeasures(document: string, words: readonly string[]): Promise<number[]> {
  const spoken = spokenIn(document);
  const sentences = await embed([...new Set(sentencesOf(spoken))]);
  const used = usedWords(spoken);
  return [
    ...Array.from({ length: SENTENCE_DIMENSIONS }, (_, place) =>
      sentences.reduce((sum, vector) => sum + (vector[place] ?? 0) / sentences.length, 0),
    ),
    ...words.map((word) => (used.has(word) ? 1 : 0)),
  ];
}

const usedWords = (text: string): Set<string> => new Set(text.toLowerCase().match(/[a-z][a-z-]+/g));

/** A word weighs where so many requests use it, and where it is not among the most frequent of all, which tell nothing. */
const [FEWEST_USES, MOST_FREQUENT] = [10, 200];

/** Nor does any weigh that tells kin, sex, age, health, origin or creed, whoever's; nor what stands where something was taken out. */
const PERSONAL = new Set(
  `husband wife spouse partner partners fiance boyfriend girlfriend married marriage divorced widow son sons daughter daughters mother father mum dad parent parents
   brother brothers sister sisters cousin cousins uncle aunt nephew niece grandmother grandfather grandchildren twins baby babies child children kid kids family
   families pregnant pregnancy maternity himself herself man men woman women male female boy boys girl girls guy guys lady ladies gentleman madam age aged old
   older young younger elderly retired retire retirement pension sick sickness ill illness disease disabled disability health healthy pain injury german germany
   english england british french france spanish spain polish poland italian italy turkish turkey arabic african asian european american indian chinese japanese
   russian ukrainian jewish muslim christian catholic church mosque temple god prayer prayers pray faith removed`.split(
    /\s+/,
  ),
);

/**
 * The words of requests that may weigh by themselves: `hobby`, `weekends`, `insurer`, `audit`. None that names somebody's work,
 * for nobody's request is to weigh less for being a clerk's.
 */
export function tellingWords(documents: readonly string[]): string[] {
  const ofWork = usedWords(
    lists()
      .occupations.flatMap(({ titles }) => titles)
      .join("\n"),
  );
  const uses = new Map<string, number>();
  for (const document of documents)
    for (const word of usedWords(spokenIn(document))) uses.set(word, (uses.get(word) ?? 0) + 1);
  return [...uses.keys()]
    .filter((word) => (uses.get(word) ?? 0) >= FEWEST_USES && (rankOf(word) ?? 0) >= MOST_FREQUENT)
    .filter((word) => !ofWork.has(word) && !PERSONAL.has(word))
    .sort();
}
