import { adamOf } from "./adam.ts";
import { type Labelled, mean, rounded, sumOf, type Weights } from "./chances.ts";
import { softmax } from "./vector.ts";

const OUTCOMES = 3;
const ROUNDS = 500;
const [RATE, LAST_RATE] = [0.02, 0.001];

/**
 * What `fitChances` does, for some thousand measures of some thousand requests: by Adam over numbers in a row, in seconds and not in
 * minutes. `decay`: how small each measure's weight is kept.
 */
export function fitWorth(points: readonly Labelled[], decay: (measure: number) => number): Weights {
  const width = points[0]?.measured.length ?? 0;
  const means = Array.from({ length: width }, (_, index) => mean(points.map(({ measured }) => measured[index] ?? 0)));
  const deviations = means.map(
    (middle, index) => Math.sqrt(mean(points.map(({ measured }) => ((measured[index] ?? 0) - middle) ** 2))) || 1,
  );
  const scaled = points.map(({ measured }) =>
    Float64Array.from(measured, (value, index) => (value - (means[index] ?? 0)) / (deviations[index] ?? 1)),
  );
  const shares = Array.from(
    { length: OUTCOMES },
    (_, outcome) => 1 / OUTCOMES / points.filter((point) => point.outcome === outcome).length,
  );
  const weights = new Float64Array(OUTCOMES * (width + 1));
  const rows = () =>
    Array.from({ length: OUTCOMES }, (_, row) => [...weights.subarray(row * (width + 1), (row + 1) * (width + 1))]);
  const decays = Array.from({ length: width }, (_, index) => decay(index));
  const step = adamOf(weights);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = weights.map((weight, index) => weight * (decays[(index % (width + 1)) - 1] ?? 0));
    const now = rows();
    for (const [index, values] of scaled.entries()) {
      const { outcome } = points[index] as Labelled;
      for (const [row, chance] of softmax(now.map((row) => sumOf(row, values))).entries()) {
        const error = (chance - (row === outcome ? 1 : 0)) * (shares[outcome] ?? 0);
        const start = row * (width + 1);
        gradient[start] = (gradient[start] ?? 0) + error;
        for (let place = 0; place < width; place += 1)
          gradient[start + 1 + place] = (gradient[start + 1 + place] ?? 0) + error * (values[place] ?? 0);
      }
    }
    step(gradient, RATE + (LAST_RATE - RATE) * (round / ROUNDS));
  }
  return {
    means: means.map(rounded),
    deviations: deviations.map(rounded),
    rows: rows().map((row) => row.map(rounded)),
  };
}
