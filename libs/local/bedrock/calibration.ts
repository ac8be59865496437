import { similarities } from "./embeddings.ts";

export type Label = "fit" | "partly" | "unfit";
export interface Pair {
  role: string;
  training: string;
  label: Label;
}

/** The chance that a pair with cosine c is at least partly fit is 1 / (1 + exp(-slope (c - partly))); that it is fit, with `fit`. */
export interface Calibration {
  slope: number;
  partly: number;
  fit: number;
}

/** Fitted by `fitCalibration` on every other pair of pairs.json (those at even places); calibration.test.ts fits it again. */
export const calibration: Calibration = { slope: 23.732, partly: 0.303, fit: 0.426 };

const chance = (slope: number, cosine: number, bound: number) => 1 / (1 + Math.exp(-slope * (cosine - bound)));

/** A cosine as a level from 0 to 100: the mean of the two chances. */
export function levelOf(cosine: number, { slope, partly, fit }: Calibration = calibration): number {
  return Math.round(50 * (chance(slope, cosine, partly) + chance(slope, cosine, fit)));
}

/** How alike a role's needs and a training are: the model's only sense of "fit". */
export async function fitCosine(role: string, training: string): Promise<number> {
  const [cosine = 0] = await similarities(`skills that a ${role} needs at work`, [`course: ${training}`]);
  return cosine;
}

const RANKS: Record<Label, number> = { unfit: 0, partly: 1, fit: 2 };

/** Ordinal logistic regression with one slope and two bounds, by gradient descent on the log-likelihood. */
export function fitCalibration(points: readonly { cosine: number; label: Label }[]): Calibration {
  let { slope, partly, fit } = { slope: 20, partly: 0.3, fit: 0.4 };
  const rate = { slope: 20, bound: 0.002 };
  for (let round = 0; round < 20_000; round += 1) {
    const gradient = { slope: 0, partly: 0, fit: 0 };
    for (const { cosine, label } of points) {
      const errorPartly = (RANKS[label] >= 1 ? 1 : 0) - chance(slope, cosine, partly);
      const errorFit = (RANKS[label] >= 2 ? 1 : 0) - chance(slope, cosine, fit);
      gradient.slope += errorPartly * (cosine - partly) + errorFit * (cosine - fit);
      gradient.partly -= errorPartly * slope;
      gradient.fit -= errorFit * slope;
    }
    slope += (rate.slope * gradient.slope) / points.length;
    partly += (rate.bound * gradient.partly) / points.length;
    fit += (rate.bound * gradient.fit) / points.length;
  }
  const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
  return { slope: rounded(slope), partly: rounded(partly), fit: rounded(fit) };
}
