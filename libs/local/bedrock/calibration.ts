import { fitChances, type Weights } from "./chances.ts";
import { fitOf, MEASURES } from "./fit.ts";

export const LABELS = ["unfit", "partly", "fit"] as const;
export type Label = (typeof LABELS)[number];
export interface Pair {
  role: string;
  training: string;
  label: Label;
}
export interface Point {
  label: Label;
  measured: number[];
}

/** Keeps the weights small, for the pairs are few. */
const DECAY = 0.004;

/** Which of a list are fitted on: two of three. The third is for the test alone. */
export const isFittedOn = (_: unknown, index: number): boolean => index % 3 !== 2;

/** `leaveOut` where the pairs' phrases are the vocabulary's own. */
export const measure = (pairs: readonly Pair[], options?: { leaveOut: boolean }): Promise<Point[]> =>
  Promise.all(
    pairs.map(async ({ role, training, label }) => {
      const { measures } = await fitOf(role, training, options);
      return { label, measured: MEASURES.map((name) => measures[name]) };
    }),
  );

/** The weights that tell how well a training fits a role, by their names alone. */
export const fitWeights = (points: readonly Point[]): Weights =>
  fitChances(
    points.map(({ label, measured }) => ({ measured, outcome: LABELS.indexOf(label) })),
    { decay: DECAY },
  );
