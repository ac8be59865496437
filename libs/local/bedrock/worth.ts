import { chancesOf, type Weights } from "./chances.ts";
import { type Fit, fitsOf } from "./fit.ts";
import type { Reading } from "./reading/choose.ts";
import { meaningsOf } from "./reading/name-chances.ts";
import { saidMeasures } from "./said.ts";
import { titleAlone } from "./title-alone.ts";
import { isNamed } from "./words.ts";
import weights from "./worth.json" with { type: "json" };

export interface Worth {
  /** 0 to 100. */
  level: number;
  /** The likeliest reading, and how its training fits its role. */
  likeliest: { role: string; training: string; fit: Fit };
  /** What the request says of it, beside the fit: speaks for it above 0, against it below; in points of what is expected. */
  said: number;
}

const LEAST_CHANCE = 0.001;
/** Below these a document names no role or no training, but something else. */
const LEAST_NAMED = { role: 0.05, training: 0.2 };
/** How many measures tell of the fit; behind them stands what the training means, and what the request says. */
export const OF_FIT = 8;

/**
 * What a whole request is measured by: how its training fits whoever asks, over all that it may be read as; what the training means,
 * and what the request says, of which `words` are looked for one by one. Undefined where nothing can be read.
 */
export async function requestMeasures(
  document: string,
  { pairs, sure }: Reading,
  words: readonly string[] = weights.words,
): Promise<(Pick<Worth, "likeliest"> & { measured: number[] }) | undefined> {
  if (pairs.length === 0) return undefined;
  const [roles, trainings] = [unique(pairs.map(({ role }) => role)), unique(pairs.map(({ training }) => training))];
  const fits = await fitsOf(roles.map(titleAlone), trainings.map(titleAlone));
  const told = pairs.map(({ role, training, chance }) => ({
    role,
    training,
    chance,
    fit: fits[roles.indexOf(role)]?.[trainings.indexOf(training)] as Fit,
  }));
  const mean = (of: (fit: Fit) => number) => told.reduce((sum, { chance, fit }) => sum + chance * of(fit), 0);
  const meanings = await meaningsOf(pairs.map(({ training }) => training));
  const meaning = Array.from(meanings[0] ?? [], (_, place) =>
    pairs.reduce((sum, { chance }, index) => sum + chance * (meanings[index]?.[place] ?? 0), 0),
  );
  return {
    likeliest: told.reduce((most, one) => (most.chance >= one.chance ? most : one)),
    measured: [
      logOf(mean(({ chances }) => chances[0])),
      logOf(mean(({ chances }) => chances[2])),
      mean(({ measures }) => measures.leisure),
      mean(({ measures }) => measures.margin),
      mean(({ measures }) => measures.direct),
      mean(({ measures }) => measures.saidMargin),
      logOf(sure.role),
      logOf(sure.training),
      ...meaning,
      ...(await saidMeasures(document, words)),
    ],
  };
}

const unique = (texts: readonly string[]) => [...new Set(texts)];
const logOf = (chance: number) => Math.log(chance + LEAST_CHANCE);

/**
 * How well the training suits whoever asks for it, weighed with what the request says of it. Undefined where it is not plain who asks
 * for what: then a person decides, however well the rest sounds.
 */
export async function worthOf(document: string, reading: Reading): Promise<Worth | undefined> {
  const { named } = reading;
  if (named.role < LEAST_NAMED.role || named.training < LEAST_NAMED.training) return undefined;
  const measures = await requestMeasures(document, reading);
  if (!measures || !isNamed(measures.likeliest.training)) return undefined;
  const { measured, likeliest } = measures;
  const whole = expectedOf(measured);
  const byFitAlone = expectedOf(measured.map((value, index) => (index < OF_FIT ? value : (weights.means[index] ?? 0))));
  return { level: stretched(whole), likeliest, said: whole - byFitAlone };
}

/** From 0 where it is surely to be rejected to 100 where it is surely to be approved. */
export function expectedOf(measured: readonly number[], by: Weights = weights): number {
  const [, middling, good] = chancesOf(measured, by);
  return 50 * middling + 100 * good;
}

/**
 * What is expected below the first is rejected and above the second approved; reasons and cost, which are judged beside it, hardly
 * change that. Set on requests of sets that the weights were not fitted on (`scripts/calibrate/offline-model.ts` prints how it went).
 */
export const [REJECTED_TO, APPROVED_FROM] = [20, 77];

/** From what is expected to a level: steep where the model is sure, and flat between, where a person decides. */
const KNOTS: [expected: number, level: number][] = [
  [0, 0],
  [REJECTED_TO, 33],
  [REJECTED_TO + 5, 62],
  [APPROVED_FROM - 5, 68],
  [APPROVED_FROM, 86],
  [100, 100],
];

function stretched(expected: number): number {
  // Sums of chances can be a hair above 1.
  const within = Math.min(100, Math.max(0, expected));
  const next = Math.max(
    1,
    KNOTS.findIndex(([from]) => within <= from),
  );
  const [to, high] = KNOTS[next] as [number, number];
  const [from, low] = KNOTS[next - 1] as [number, number];
  return Math.round(low + ((within - from) / (to - from)) * (high - low));
}
