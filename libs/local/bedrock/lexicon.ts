import { wordsOf } from "./words.ts";

/** Which groups use a word, and how often; and how much a word tells, the more the fewer groups use it. */
export interface Lexicon {
  groups: number;
  uses: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

const ENDINGS = ["ings", "ing", "ies", "ers", "er", "es", "s", "ed"];
const SHORTEST_STEM = 4;

/** `welding`, `welder` and `welds` are one word; so are no two acronyms. */
const stemOf = (word: string): string => {
  const ending = ENDINGS.find((one) => word.endsWith(one) && word.length - one.length >= SHORTEST_STEM);
  return ending ? word.slice(0, -ending.length) : word;
};

const stemsOf = (text: string): Set<string> =>
  new Set(
    wordsOf(text)
      .flatMap((word) => word.split(/[.-]/))
      .filter((word) => word.length > 1)
      .map(stemOf),
  );

/** A lexicon of groups of phrases: in how many of a group's phrases a word stands. */
export function lexiconOf(groups: readonly (readonly string[])[]): Lexicon {
  const uses = new Map<string, Map<number, number>>();
  for (const [group, phrases] of groups.entries())
    for (const stem of phrases.flatMap((phrase) => [...stemsOf(phrase)])) {
      const byGroup = uses.get(stem) ?? new Map<number, number>();
      uses.set(stem, byGroup.set(group, (byGroup.get(group) ?? 0) + 1));
    }
  return { groups: groups.length, uses };
}

/** A word that stands once in a group counts a little more than half. */
const HALF = 0.7;

/**
 * How much of what a text's words tell belongs to each group, from 0 to 1: acronyms and products that no vector knows.
 * `holds`: the groups that hold the text itself, of which that once does not count.
 */
export function sharesOf(
  text: string,
  { groups, uses }: Lexicon,
  holds: (group: number) => boolean = () => false,
): Float32Array {
  const shares = new Float32Array(groups);
  let whole = 0;
  for (const stem of stemsOf(text)) {
    const byGroup = uses.get(stem);
    const told = Math.log(1 + groups / (byGroup?.size ?? 1));
    whole += told;
    for (const [group, uses] of byGroup ?? []) {
      const count = holds(group) ? uses - 1 : uses;
      shares[group] = (shares[group] ?? 0) + (told * count) / (count + HALF);
    }
  }
  return whole === 0 ? shares : shares.map((share) => share / whole);
}
