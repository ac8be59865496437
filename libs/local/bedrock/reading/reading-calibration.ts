import { adamOf } from "../adam.ts";
import { softmax, type Vector } from "../vector.ts";
import type { ChoiceWeights } from "./choose.ts";
import { type Ruled, spanMeasures } from "./measures.ts";
import { chancesBy, meaningsOf, type NameWeights, nameChances } from "./name-chances.ts";
import { holds, overlap, sizeOf } from "./overlap.ts";
import { spansOf } from "./spans.ts";

/** A request with the words that name the role and the training in it, as a reader has marked them; undefined where nothing does. */
export interface MarkedRequest {
  document: string;
  ruled: Ruled;
  role: string | undefined;
  training: string | undefined;
}

/** From here on a span counts as the one that was marked. */
export const SAME = 0.6;
const MORE_WORDS = 6;
const NEITHER_BELOW = 0.3;

/** How far a span is what was marked: its words, more beside them, or most of them. */
export function likeness(text: string, marked: string | undefined): number {
  if (marked === undefined) return 0;
  const same = overlap(text, marked);
  if (same >= SAME) return same;
  if (holds(text, marked) && sizeOf(text) <= sizeOf(marked) + MORE_WORDS) return SAME;
  return holds(marked, text) && sizeOf(text) >= sizeOf(marked) / 2 ? SAME : same;
}

interface NamePoint {
  meaning: Vector;
  /** 0: a role, 1: a training, 2: neither. */
  kind: number;
  weight: number;
}

/** So much a name counts that is a role's, a training's in a list, neither's in a request, or marked in a request. */
const [ROLE, TRAINING, NEITHER, MARKED] = [1, 0.4, 1.2, 4];

/** The weights that tell names of roles and of trainings from what else requests say, by their meaning alone. */
export async function fitNames(
  lists: { roles: readonly string[]; trainings: readonly string[] },
  requests: readonly MarkedRequest[],
  random: () => number,
): Promise<NameWeights> {
  const named: { text: string; kind: number; weight: number }[] = [
    ...lists.roles.map((text) => ({ text, kind: 0, weight: ROLE })),
    ...lists.trainings.map((text) => ({ text, kind: 1, weight: TRAINING })),
    ...requests.flatMap(({ document, role, training }) =>
      spansOf(document).flatMap(({ text }) => {
        const [asRole, asTraining] = [likeness(text, role), likeness(text, training)];
        if (asRole < NEITHER_BELOW && asTraining < NEITHER_BELOW) return [{ text, kind: 2, weight: NEITHER }];
        return [
          ...(asRole > 0.95 ? [{ text, kind: 0, weight: MARKED }] : []),
          ...(asTraining > 0.95 ? [{ text, kind: 1, weight: MARKED }] : []),
        ];
      }),
    ),
  ];
  const meanings = await inParts(named.map(({ text }) => text));
  return softmaxBy(
    named.map(({ kind, weight }, index) => ({ kind, weight, meaning: meanings[index] as Vector })),
    random,
  );
}

/** Many texts' meanings, a part at a time. */
async function inParts(texts: readonly string[]): Promise<Vector[]> {
  const meanings: Vector[] = [];
  for (let start = 0; start < texts.length; start += PART)
    meanings.push(...(await meaningsOf(texts.slice(start, start + PART))));
  return meanings;
}

const PART = 64;
const KINDS = 3;
const [ROUNDS, BATCH, RATE, DECAY] = [8, 512, 0.02, 1e-4];

/** Multinomial logistic regression over meanings, by Adam in batches. */
function softmaxBy(points: readonly NamePoint[], random: () => number): NameWeights {
  const width = (points[0]?.meaning.length ?? 0) + 1;
  const weights = new Float64Array(KINDS * width);
  const step = adamOf(weights);
  const order = points.map((_, index) => index);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      [order[last], order[other]] = [order[other] as number, order[last] as number];
    }
    for (let start = 0; start < order.length; start += BATCH) {
      const batch = order.slice(start, start + BATCH).map((index) => points[index] as NamePoint);
      const rows = rowsOf(weights, width);
      const gradient = weights.map((weight, index) => (index % width === 0 ? 0 : DECAY * weight));
      for (const { meaning, kind, weight } of batch)
        for (const [row, chance] of chancesBy(meaning, rows).entries()) {
          const error = ((chance - (row === kind ? 1 : 0)) * weight) / batch.length;
          gradient[row * width] = (gradient[row * width] ?? 0) + error;
          for (let index = 1; index < width; index += 1)
            gradient[row * width + index] = (gradient[row * width + index] ?? 0) + error * (meaning[index - 1] ?? 0);
        }
      step(gradient, RATE * (1 - round / ROUNDS));
    }
  }
  return rowsOf(weights, width).map((row) => row.map(rounded));
}

const rowsOf = (weights: Float64Array, width: number): number[][] =>
  Array.from({ length: KINDS }, (_, row) => [...weights.subarray(row * width, (row + 1) * width)]);

const [CHOICE_STEPS, CHOICE_RATE, CHOICE_DECAY] = [500, 0.05, 0.01];

/** The weights by which the role, and those by which the training, is chosen among the spans of a request. */
export async function fitChoices(
  requests: readonly MarkedRequest[],
  names: NameWeights,
): Promise<{ role: ChoiceWeights; training: ChoiceWeights }> {
  const read: { spans: string[]; measures: number[][]; request: MarkedRequest }[] = [];
  for (const request of requests) {
    const spans = spansOf(request.document);
    const measures = await spanMeasures(spans, request.ruled, (texts) => nameChances(texts, names));
    read.push({ spans: spans.map(({ text }) => text), measures, request });
  }
  const choice = (what: "role" | "training") =>
    fitChoice(
      read.flatMap(({ spans, measures, request }) => {
        const alike = spans.map((text) => likeness(text, request[what]));
        const most = Math.max(...alike, 0);
        if (most < SAME) return [];
        const count = alike.filter((one) => one === most).length;
        return [{ measures, wanted: alike.map((one) => (one === most ? 1 / count : 0)) }];
      }),
    );
  return { role: choice("role"), training: choice("training") };
}

/** Conditional logistic regression: of each request's spans the marked one is to be the likeliest. */
function fitChoice(points: readonly { measures: number[][]; wanted: number[] }[]): ChoiceWeights {
  const all = points.flatMap(({ measures }) => measures);
  const width = all[0]?.length ?? 0;
  const column = (index: number) => all.map((measured) => measured[index] ?? 0);
  const means = Array.from({ length: width }, (_, index) => mean(column(index)));
  const deviations = means.map(
    (middle, index) => Math.sqrt(mean(column(index).map((value) => (value - middle) ** 2))) || 1,
  );
  const scaled = points.map(({ measures, wanted }) => ({
    wanted,
    // A row a span, one behind the other.
    rows: Float64Array.from(
      measures.flatMap((measured) =>
        measured.map((value, index) => (value - (means[index] ?? 0)) / (deviations[index] ?? 1)),
      ),
    ),
  }));
  const weights = new Float64Array(width);
  const step = adamOf(weights);
  for (let round = 0; round < CHOICE_STEPS; round += 1) {
    const gradient = weights.map((weight) => CHOICE_DECAY * weight);
    for (const { rows, wanted } of scaled) {
      const chances = softmax(wanted.map((_, place) => sumAt(rows, place * width, weights)));
      for (const [place, chance] of chances.entries()) {
        const error = (chance - (wanted[place] ?? 0)) / scaled.length;
        for (let index = 0; index < width; index += 1)
          gradient[index] = (gradient[index] ?? 0) + error * (rows[place * width + index] ?? 0);
      }
    }
    step(gradient, CHOICE_RATE);
  }
  return { means: means.map(rounded), deviations: deviations.map(rounded), row: [...weights].map(rounded) };
}

function sumAt(rows: Float64Array, start: number, weights: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < weights.length; index += 1) sum += (rows[start + index] ?? 0) * (weights[index] ?? 0);
  return sum;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
