import weights from "./fit.json" with { type: "json" };
import { likeness, type Meaning, meanings } from "./meaning.ts";
import { dot } from "./vector.ts";
import { type Occupation, vocabulary } from "./vocabulary.ts";

/** What is measured of a role and a training. All but the first two are about the vocabulary's occupations; `kin` is how near
 * the training's occupation is to the role's. */
export const MEASURES = ["needs", "direct", "own", "margin", "leisure", "transversal", "kin"] as const;
export type Measures = Record<(typeof MEASURES)[number], number>;

export interface Fit {
  /** 0 to 100. */
  level: number;
  measures: Measures;
  /** The occupations that the role was taken for and that the training belongs to most; the same where it fits. */
  ownOccupation: string;
  nearestOccupation: string;
}

/** What a title says of standing and not of work. */
const RANK =
  /^(?:(?:junior|senior|trainee|apprentice|assistant|deputy|certified|experienced|part-time|full-time|lead|principal|chief)\s+)+(?=\w+\s*\w)/i;
/** Titles within this of the best one count as the role's too: an HR manager is both. */
const ALSO_OWN = 0.06;

/** How well a training fits a role, by what the two mean and by what is known of occupations. */
export async function fitOf(stated: string, training: string): Promise<Fit> {
  const role = stated.replace(RANK, "") || stated;
  const [asRole, asTraining, needs, course] = (await meanings([
    role,
    training,
    `skills that a ${role} needs at work`,
    `course: ${training}`,
  ])) as [Meaning, Meaning, Meaning, Meaning];
  const { occupations, transversal, leisure } = vocabulary();
  const ofRole = occupations.map(({ titles }) => Math.max(...titles.map((title) => titleLikeness(asRole, title))));
  const ofTraining = occupations.map(({ skills }) => nearness(asTraining, skills));
  const bound = Math.max(...ofRole) - ALSO_OWN;
  const own = best(occupations, ofTraining, (index) => (ofRole[index] ?? 0) >= bound);
  const other = best(occupations, ofTraining, (index) => (ofRole[index] ?? 0) < bound);
  const nearest = own.value >= other.value ? own : other;
  const measures = {
    needs: likeness(needs, course),
    direct: likeness(asRole, asTraining),
    own: own.value,
    margin: own.value - other.value,
    leisure: nearness(asTraining, leisure) - own.value,
    transversal: nearness(asTraining, transversal) - own.value,
    kin: own.occupation && nearest.occupation ? dot(own.occupation.centre, nearest.occupation.centre) : 0,
  };
  return {
    level: levelOf(measures, weights),
    measures,
    ownOccupation: own.occupation?.name ?? "",
    nearestOccupation: nearest.occupation?.name ?? "",
  };
}

const titleLikeness = (role: Meaning, title: Meaning) =>
  role.text.toLowerCase() === title.text.toLowerCase() ? 1 : likeness(role, title);

/** The mean of the two likest. */
function nearness(one: Meaning, others: readonly Meaning[]): number {
  const [first = 0, second = 0] = others.map((other) => likeness(one, other)).sort((a, b) => b - a);
  return (first + second) / 2;
}

function best(occupations: readonly Occupation[], values: readonly number[], counts: (index: number) => boolean) {
  let found: { occupation?: Occupation; value: number } = { value: 0 };
  for (const [index, occupation] of occupations.entries()) {
    const value = values[index] ?? 0;
    if (counts(index) && value > found.value) found = { occupation, value };
  }
  return found;
}

/** A multinomial logistic model's parameters; a row for unfit, partly, fit, each with its bias first. */
export interface Weights {
  means: number[];
  deviations: number[];
  rows: number[][];
}

/** The chances that it is unfit, partly fit and fit. */
export function chances(measures: Measures, { means, deviations, rows }: Weights): [number, number, number] {
  const values = MEASURES.map((name, index) => (measures[name] - (means[index] ?? 0)) / (deviations[index] ?? 1));
  const powers = rows.map(([bias = 0, ...row]) =>
    Math.exp(row.reduce((sum, weight, index) => sum + weight * (values[index] ?? 0), bias)),
  );
  const sum = powers.reduce((total, power) => total + power, 0);
  const [unfit = 0, partly = 0, fit = 0] = powers.map((power) => power / sum);
  return [unfit, partly, fit];
}

/** The level that is expected from the chances: 0 for unfit, 50 for partly, 100 for fit. */
export function levelOf(measures: Measures, by: Weights): number {
  const [, partly, fit] = chances(measures, by);
  return Math.round(50 * partly + 100 * fit);
}
