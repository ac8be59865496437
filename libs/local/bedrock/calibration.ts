import { chances, fitOf, MEASURES, type Measures, type Weights } from "./fit.ts";

export type Label = "unfit" | "partly" | "fit";
export interface Pair {
  role: string;
  training: string;
  label: Label;
}
export interface Point {
  label: Label;
  measures: Measures;
}

const RANKS: Label[] = ["unfit", "partly", "fit"];
const ROUNDS = 1_500;
const RATE = 0.5;
/** Keeps the weights small, for the pairs are few. */
const DECAY = 0.004;

/** Which pairs are fitted on: two of three. The third is for the test alone. */
export const isFittedOn = (_: unknown, index: number): boolean => index % 3 !== 2;

export const measure = (pairs: readonly Pair[]): Promise<Point[]> =>
  Promise.all(
    pairs.map(async ({ role, training, label }) => ({ label, measures: (await fitOf(role, training)).measures })),
  );

/** Multinomial logistic regression by gradient descent, each label weighing the same however many pairs have it. */
export function fitWeights(points: readonly Point[]): Weights {
  const columns = MEASURES.map((name) => points.map(({ measures }) => measures[name]));
  const means = columns.map((column) => mean(column));
  const deviations = columns.map((column, index) =>
    Math.sqrt(mean(column.map((value) => (value - (means[index] ?? 0)) ** 2))),
  );
  const rows = RANKS.map(() => new Array<number>(MEASURES.length + 1).fill(0));
  const shares = RANKS.map((rank) => points.length / 3 / points.filter(({ label }) => label === rank).length);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradients = rows.map((row) => row.map((weight, index) => (index === 0 ? 0 : -DECAY * weight)));
    for (const { label, measures } of points) {
      const expected = chances(measures, { means, deviations, rows });
      const values = [
        1,
        ...MEASURES.map((name, index) => (measures[name] - (means[index] ?? 0)) / (deviations[index] ?? 1)),
      ];
      const rank = RANKS.indexOf(label);
      for (const [place, gradient] of gradients.entries()) {
        const error = ((place === rank ? 1 : 0) - (expected[place] ?? 0)) * (shares[rank] ?? 1);
        for (const [index, value] of values.entries())
          gradient[index] = (gradient[index] ?? 0) + (error * value) / points.length;
      }
    }
    for (const [place, row] of rows.entries())
      for (const index of row.keys()) row[index] = (row[index] ?? 0) + RATE * (gradients[place]?.[index] ?? 0);
  }
  return { means: means.map(rounded), deviations: deviations.map(rounded), rows: rows.map((row) => row.map(rounded)) };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
