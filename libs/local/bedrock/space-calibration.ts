import { adamOf } from "./adam.ts";
import { GIVEN, project, SPACE_DIMENSIONS } from "./space.ts";
import { dot, softmax, type Vector } from "./vector.ts";

/** A group of the vocabulary as the projection takes it: what its roles are called, and what they learn. */
export interface Group {
  titles: readonly string[];
  skills: readonly string[];
}

interface Options {
  /** What the phrases mean, before they are projected. */
  given: (phrase: string) => Vector;
  /** Phrases that belong to no group: leisure, and what serves in any work. */
  others: readonly string[];
  steps: number;
  /** Numbers from 0 to 1, the same each time. */
  random: () => number;
}

/** How many groups are set against one another in a step, and beside how many of the other phrases. */
const [BATCH, OTHERS] = [160, 40];
/** How sharply the likest counts. */
const TEMPERATURE = 0.12;
const RATE = 0.002;
/** Of the pairs of a step so many are a role with a training; the others are two trainings of one role. */
const ROLE_SHARE = 0.6;
/** So much of what is given is left out in each step: what is learnt then holds for trades that are in no group, too. */
const LEFT_OUT = 0.5;

/**
 * Learns the projection in which each group's roles lie nearer to their own trainings than to those of other groups: contrastive
 * learning (InfoNCE, both ways) by Adam, with dropout.
 */
export function fitSpace(groups: readonly Group[], { given, others, steps, random }: Options): Float32Array {
  const weights = Float32Array.from({ length: GIVEN * SPACE_DIMENSIONS }, () => normal(random) / Math.sqrt(GIVEN));
  const adam = adamOf(weights);
  const thinned = (phrase: string): Vector =>
    given(phrase).map((value) => (random() < LEFT_OUT ? 0 : value / (1 - LEFT_OUT)));
  for (let step = 0; step < steps; step += 1) {
    const chosen = some(groups, BATCH, random);
    const ones = chosen.map(({ titles, skills }) =>
      sided(thinned(one(random() < ROLE_SHARE ? titles : skills, random)), weights),
    );
    const wanted = chosen.map(({ skills }) => sided(thinned(one(skills, random)), weights));
    const unwanted = some(others, OTHERS, random).map((phrase) => sided(thinned(phrase), weights));
    const isMasked = chosen.map((group) => chosen.map((other) => group !== other && isAlike(group, other)));
    adam(gradientOf({ ones, others: [...wanted, ...unwanted], isMasked }, weights), RATE * (1 - step / steps));
  }
  return weights;
}

/** Two groups that share a title, or more than one skill, are no contrast. */
const isAlike = (one: Group, other: Group): boolean =>
  one.titles.some((title) => other.titles.includes(title)) ||
  one.skills.filter((skill) => other.skills.includes(skill)).length > 1;

/** A phrase on its way through the projection. */
interface Side {
  given: Vector;
  unit: Float32Array;
  length: number;
}

function sided(given: Vector, weights: Float32Array): Side {
  const to = project(given, weights);
  const length = Math.sqrt(dot(to, to)) + 1e-6;
  return { given, unit: to.map((value) => value / length), length };
}

/** The gradient of how far each is from being the likest to the other of its pair; what is behind the pairs is nobody's. */
function gradientOf(
  { ones, others, isMasked }: { ones: Side[]; others: Side[]; isMasked: boolean[][] },
  weights: Float32Array,
): Float32Array {
  const scores = ones.map((one, row) =>
    others.map((other, column) =>
      isMasked[row]?.[column] ? Number.NEGATIVE_INFINITY : dot(one.unit, other.unit) / TEMPERATURE,
    ),
  );
  const byRow = scores.map(softmax);
  const byColumn = ones.map((_, column) => softmax(scores.map((row) => row[column] ?? 0)));
  const error = (row: number, column: number) =>
    ((byRow[row]?.[column] ?? 0) + (byColumn[column]?.[row] ?? 0) - (row === column ? 2 : 0)) /
    (2 * ones.length * TEMPERATURE);
  const gradient = new Float32Array(weights.length);
  for (const [row, side] of ones.entries())
    carryBack(
      side,
      sumOf(others, (column) => error(row, column)),
      gradient,
    );
  for (const [column, side] of others.entries())
    carryBack(
      side,
      sumOf(ones, (row) => error(row, column)),
      gradient,
    );
  return gradient;
}

function sumOf(sides: readonly Side[], weight: (index: number) => number): Float32Array {
  const sum = new Float32Array(SPACE_DIMENSIONS);
  for (const [index, { unit }] of sides.entries()) {
    const by = weight(index);
    for (let place = 0; place < SPACE_DIMENSIONS; place += 1) sum[place] = (sum[place] ?? 0) + by * (unit[place] ?? 0);
  }
  return sum;
}

/** Carries what a direction should change by back to the weights, through its scaling to length 1. */
function carryBack({ given, unit, length }: Side, change: Float32Array, gradient: Float32Array): void {
  const along = dot(change, unit);
  const before = change.map((value, index) => (value - along * (unit[index] ?? 0)) / length);
  for (let row = 0; row < GIVEN; row += 1) {
    const value = given[row] ?? 0;
    if (value === 0) continue;
    const start = row * SPACE_DIMENSIONS;
    for (let column = 0; column < SPACE_DIMENSIONS; column += 1)
      gradient[start + column] = (gradient[start + column] ?? 0) + value * (before[column] ?? 0);
  }
}

const one = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T;

function some<T>(list: readonly T[], count: number, random: () => number): T[] {
  const left = [...list];
  return Array.from(
    { length: Math.min(count, list.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0] as T,
  );
}

/** A number of the normal distribution (Box and Muller). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
