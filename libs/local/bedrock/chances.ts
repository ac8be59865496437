import { softmax } from "./vector.ts";

/** A multinomial logistic model's parameters: a row for each of three outcomes from bad to good, each with its bias first. */
export interface Weights {
  means: number[];
  deviations: number[];
  rows: number[][];
}

/** The chances of the three outcomes, by what was measured. */
export function chancesOf(measured: readonly number[], { means, deviations, rows }: Weights): [number, number, number] {
  const values = measured.map((value, index) => (value - (means[index] ?? 0)) / (deviations[index] || 1));
  const [bad = 0, middling = 0, good = 0] = softmax(rows.map((row) => sumOf(row, values)));
  return [bad, middling, good];
}

/** A row's sum of evidence: its bias, and each value by its weight. */
export function sumOf(row: readonly number[], values: ArrayLike<number>): number {
  let sum = row[0] ?? 0;
  for (let index = 0; index < values.length; index += 1) sum += (row[index + 1] ?? 0) * (values[index] ?? 0);
  return sum;
}

export interface Labelled {
  measured: number[];
  /** 0, 1 or 2: the outcome's place from bad to good. */
  outcome: number;
}

const OUTCOMES = 3;
const ROUNDS = 2_000;
const RATE = 0.5;

/** Multinomial logistic regression by gradient descent, each outcome weighing the same however often it occurs. */
export function fitChances(points: readonly Labelled[], { decay }: { decay: number }): Weights {
  const width = points[0]?.measured.length ?? 0;
  const columns = Array.from({ length: width }, (_, index) => points.map(({ measured }) => measured[index] ?? 0));
  const means = columns.map(mean);
  const deviations = columns.map(
    (column, index) => Math.sqrt(mean(column.map((value) => (value - (means[index] ?? 0)) ** 2))) || 1,
  );
  const rows = Array.from({ length: OUTCOMES }, () => new Array<number>(width + 1).fill(0));
  const shares = rows.map(
    (_, outcome) => points.length / OUTCOMES / points.filter((point) => point.outcome === outcome).length,
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradients = rows.map((row) => row.map((weight, index) => (index === 0 ? 0 : -decay * weight)));
    for (const { measured, outcome } of points) {
      const expected = chancesOf(measured, { means, deviations, rows });
      const values = [1, ...measured.map((value, index) => (value - (means[index] ?? 0)) / (deviations[index] ?? 1))];
      for (const [place, gradient] of gradients.entries()) {
        const error = ((place === outcome ? 1 : 0) - (expected[place] ?? 0)) * (shares[outcome] ?? 1);
        for (const [index, value] of values.entries())
          gradient[index] = (gradient[index] ?? 0) + (error * value) / points.length;
      }
    }
    for (const [place, row] of rows.entries())
      for (const index of row.keys()) row[index] = (row[index] ?? 0) + RATE * (gradients[place]?.[index] ?? 0);
  }
  return { means: means.map(rounded), deviations: deviations.map(rounded), rows: rows.map((row) => row.map(rounded)) };
}

export const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
export const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
