import weights from "./attempts.json" with { type: "json" };
import { embed } from "./embeddings.ts";
import type { Vector } from "./vector.ts";

/** Words about judging and deciding: a request has few of them, and seldom two kinds in one sentence. */
const JUDGING =
  /\b(approv\w*|scor(?:e|es|ing)|rubric|verdict|evaluat\w*|override|bypass\w*|reject\w*|refus\w*|suspicious|criteri\w+|judg\w*|assess\w*|decision|points|levels?|rating|marks)\b/gi;
const SIGNS = [
  /\b(?:you|your|yourself)\b/i,
  /\b(?:I|we|my|our)\b/,
  /\b(?:9\d|100|hundred|maximum|highest|top|full|perfect|best)\b/i,
  /\b(?:this|the) (?:request|application|document|text|file)\b/i,
  /\b(?:ai|algorithm|model|system|machine|assistant|judge|evaluator|reviewer|computer)\b/i,
];
/** Brings a direction's parts to the size of the other measures. */
const SENTENCE_SCALE = 4;

/** What is measured of a sentence: a bias, its meaning, its words about judging, and whom it speaks of. */
export function measuresOf(sentence: string, vector: Vector): number[] {
  const judging = new Set((sentence.toLowerCase().match(JUDGING) ?? []).map((word) => word.slice(0, 5)));
  return [
    1,
    ...Array.from(vector, (value) => value * SENTENCE_SCALE),
    0.7 * Math.min(3, judging.size),
    ...SIGNS.map((sign) => (sign.test(sentence) ? 1 : 0)),
  ];
}

export function chanceOf(measures: ArrayLike<number>, by: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < by.length; index += 1) sum += (measures[index] ?? 0) * (by[index] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}

/** Above it a sentence counts as speaking to the judge. */
export const ATTEMPT = 0.45;
/** Above it a sentence is odd enough that nothing is approved beside it. */
export const ODD = 0.25;
const FEWEST_WORDS = 3;
const MOST_SENTENCES = 400;

const LABEL = /^[\s>*#|-]*(?:\d+[.)]\s*)?(?:"?[\p{L} _,/-]{2,32}"?\s*[:|]\s*)?/u;
/** What was taken out, marks of tables, and the salutation that every office knows. */
const NOTHING_SAID =
  /\[removed\]|[|"/]|^to whom it may concern\b.{0,30}$|^(?:dear|hello|hi|good (?:day|morning|afternoon))\b[^.!?]{0,30}[,!]?$|^(?:with )?(?:many |my |the |kind |best |warm |very )*(?:thanks|thank you|regards|wishes|greetings|sincerely|cheers)\b[^.!?]{0,40}$/gi;

/** Sentences, without the labels before them. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(/\n+|(?<=[.!?;])\s+|\\n/)
    .map((sentence) => sentence.replace(LABEL, "").replaceAll(NOTHING_SAID, " ").trim())
    .filter((sentence) => (sentence.match(/\p{L}+/gu)?.length ?? 0) >= FEWEST_WORDS)
    .slice(0, MOST_SENTENCES);

/** A title may speak of rating or deciding, for that is some people's work: in one, an attempt has to be plain. */
const PLAIN = 0.55;

/** The sentence that most seems to speak to the judge, and how much it does. `titles`: what the request calls its own things. */
export async function likeliestAttempt(
  text: string,
  titles: readonly string[] = [],
): Promise<{ sentence: string; chance: number } | undefined> {
  const sentences = [...new Set(sentencesOf(text))];
  const vectors = await embed(sentences);
  const isTitle = (sentence: string) => titles.some((title) => title.includes(sentence) || sentence === title);
  const told = sentences
    .map((sentence, index) => ({
      sentence,
      chance: chanceOf(measuresOf(sentence, vectors[index] ?? new Float32Array()), weights),
    }))
    .filter(({ sentence, chance }) => chance > PLAIN || !isTitle(sentence));
  return told.reduce<(typeof told)[number] | undefined>(
    (most, one) => (most && most.chance >= one.chance ? most : one),
    undefined,
  );
}
