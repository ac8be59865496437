import weights from "./choose.json" with { type: "json" };
import { AS_NAME, type Ruled, spanMeasures } from "./measures.ts";
import { holds, sizeOf } from "./overlap.ts";
import { spansOf } from "./spans.ts";

/** How a measure counts: each by its own scale. */
export interface ChoiceWeights {
  means: number[];
  deviations: number[];
  row: number[];
}

/** How many of the likeliest are looked at together. */
const LIKELIEST = 6;
/** A role that stands in the training's name, or the other way round, is less likely by so much, in logarithms. */
const WITHIN = 2;
/** Below it nothing is said to be read: a person reads better. */
const LEAST_CHANCE = 0.25;
/** Nor is it where the words by themselves hardly name such a thing; in logarithms, as the measures have them. */
const LEAST_NAMED = Math.log(0.05);
/** The longest value of a label that is a title. */
const MOST_WORDS = 14;

/** The words of a document that name the role of whoever asks and the training, chosen together; each undefined where it is not plain. */
export async function roleAndTraining(document: string, ruled: Ruled): Promise<Ruled> {
  const spans = spansOf(document);
  if (spans.length < 2) return ruled;
  const measures = await spanMeasures(spans, ruled);
  const [roles, trainings] = [likeliest(measures, weights.role), likeliest(measures, weights.training)];
  const pairs = roles.flatMap((role) =>
    trainings
      .filter((training) => training.index !== role.index)
      .map((training) => {
        const [one = "", other = ""] = [spans[role.index]?.text, spans[training.index]?.text];
        const isWithin = holds(one, other) || holds(other, one);
        return { role, training, sum: Math.log(role.chance) + Math.log(training.chance) - (isWithin ? WITHIN : 0) };
      }),
  );
  const best = pairs.reduce<(typeof pairs)[number] | undefined>(
    (most, one) => (most && most.sum >= one.sum ? most : one),
    undefined,
  );
  const said = (one: Likely | undefined, what: keyof Ruled): string | undefined => {
    const text = one && spans[one.index]?.text;
    const named = one ? (measures[one.index]?.[AS_NAME[what]] ?? 0) : 0;
    const rule = ruled[what];
    if (!text) return undefined;
    // What a label holds is shown whole: `Accessible design (WCAG 2.2)`, of which `WCAG 2.2` was the likeliest part.
    if (rule && holds(rule, text) && sizeOf(rule) <= MOST_WORDS && !rule.includes("[removed]")) return rule;
    return one.chance >= LEAST_CHANCE && named >= LEAST_NAMED ? text : undefined;
  };
  return { role: said(best?.role, "role"), training: said(best?.training, "training") };
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
  const most = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
