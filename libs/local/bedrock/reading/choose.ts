import { softmax } from "../vector.ts";
import choice from "./choose.json" with { type: "json" };
import { AS_NAME, type Ruled, spanMeasures } from "./measures.ts";
import names from "./name-chances.json" with { type: "json" };
import { type NameWeights, nameChances } from "./name-chances.ts";
import { holds, sizeOf } from "./overlap.ts";
import { spansOf } from "./spans.ts";

/** How a measure counts: each by its own scale. */
export interface ChoiceWeights {
  means: number[];
  deviations: number[];
  row: number[];
}

/** By what is read: what words name by their meaning, and which words are the role's and the training's. */
export interface ReadingWeights {
  names: NameWeights;
  role: ChoiceWeights;
  training: ChoiceWeights;
}

const SHIPPED: ReadingWeights = { names, ...choice };

/** Who asks for what, in the document's own words. */
export interface Reading {
  /** What people are shown; undefined where it is not plain. */
  role: string | undefined;
  training: string | undefined;
  /** The likeliest pairs, with chances that are 1 together; none where a document says next to nothing. */
  pairs: { role: string; training: string; chance: number }[];
  /** How likely the likeliest role and the likeliest training are among all words. */
  sure: { role: number; training: number };
  /** How likely what is read names a role and a training at all: minutes of a meeting have a likeliest training, too. */
  named: { role: number; training: number };
}

const NOT_AT_ALL = { role: 0, training: 0 };
/** How many of the likeliest are looked at together. */
const LIKELIEST = 4;
/** A role that stands in the training's name, or the other way round, is less likely by so much, in logarithms. */
const WITHIN = 2;
/** Below it nothing is said to be read: a person reads better. */
const LEAST_CHANCE = 0.25;
/** Nor is it where the words by themselves hardly name such a thing; in logarithms, as the measures have them. */
const LEAST_NAMED = Math.log(0.05);
/** The longest value of a label that is a title. */
const MOST_WORDS = 14;

/** The words of a document that may name the role of whoever asks and the training, chosen together. */
export async function readingOf(document: string, ruled: Ruled, by: ReadingWeights = SHIPPED): Promise<Reading> {
  const spans = spansOf(document);
  if (spans.length < 2)
    return { role: ruled.role, training: ruled.training, pairs: [], sure: NOT_AT_ALL, named: NOT_AT_ALL };
  const measures = await spanMeasures(spans, ruled, (texts) => nameChances(texts, by.names));
  const [roles, trainings] = [likeliest(measures, by.role), likeliest(measures, by.training)];
  const textOf = ({ index }: Likely) => spans[index]?.text ?? "";
  const pairs = roles.flatMap((role) =>
    trainings
      .filter((training) => training.index !== role.index)
      .map((training) => {
        const [one, other] = [textOf(role), textOf(training)];
        const isWithin = holds(one, other) || holds(other, one);
        return { role, training, sum: Math.log(role.chance) + Math.log(training.chance) - (isWithin ? WITHIN : 0) };
      }),
  );
  const chances = softmax(pairs.map(({ sum }) => sum));
  const namedBy = (what: keyof Ruled) =>
    pairs.reduce(
      (sum, pair, index) => sum + (chances[index] ?? 0) * Math.exp(measures[pair[what].index]?.[AS_NAME[what]] ?? 0),
      0,
    );
  const best = pairs[chances.indexOf(Math.max(...chances))];
  const said = (one: Likely | undefined, what: keyof Ruled): string | undefined => {
    const text = one && textOf(one);
    const named = one ? (measures[one.index]?.[AS_NAME[what]] ?? 0) : 0;
    const rule = ruled[what];
    if (!text) return undefined;
    // What a label holds is shown whole: `Accessible design (WCAG 2.2)`, of which `WCAG 2.2` was the likeliest part.
    if (rule && holds(rule, text) && sizeOf(rule) <= MOST_WORDS && !rule.includes("[removed]")) return rule;
    return one.chance >= LEAST_CHANCE && named >= LEAST_NAMED ? text : undefined;
  };
  return {
    role: said(best?.role, "role"),
    training: said(best?.training, "training"),
    pairs: pairs.map(({ role, training }, index) => ({
      role: textOf(role),
      training: textOf(training),
      chance: chances[index] ?? 0,
    })),
    sure: { role: roles[0]?.chance ?? 0, training: trainings[0]?.chance ?? 0 },
    named: { role: namedBy("role"), training: namedBy("training") },
  };
}

interface Likely {
  index: number;
  chance: number;
}

/** The likeliest of all spans of a document, each with its chance. */
function likeliest(measures: readonly number[][], by: ChoiceWeights): Likely[] {
  const chances = choiceChances(measures, by);
  return chances
    .map((chance, index) => ({ index, chance }))
    .sort((one, other) => other.chance - one.chance)
    .slice(0, LIKELIEST);
}

/** How likely each span is the one that is looked for. */
export function choiceChances(measures: readonly number[][], { means, deviations, row }: ChoiceWeights): number[] {
  const sums = measures.map((measured) =>
    measured.reduce(
      (sum, value, index) => sum + ((value - (means[index] ?? 0)) / (deviations[index] || 1)) * (row[index] ?? 0),
      0,
    ),
  );
  return softmax(sums);
}
