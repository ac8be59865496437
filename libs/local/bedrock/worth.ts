import { chancesOf, type Weights } from "./chances.ts";
import type { Facts } from "./fields.ts";
import { type Fit, fitOf } from "./fit.ts";
import type { Motive } from "./motive.ts";
import { titleAlone } from "./title-alone.ts";
import { isNamed } from "./words.ts";
import weights from "./worth.json" with { type: "json" };

export interface Worth {
  /** 0 to 100. */
  level: number;
  fit: Fit;
}

/** Nothing is known of the department: each outcome is as likely. */
const NOTHING_KNOWN = Math.log(1 / 3);
const LEAST_CHANCE = 0.001;
const MOST_WORDS = 60;
/** From here on a request speaks of private life so plainly that a person looks at it, however well it fits. */
const [PRIVATE, DOUBTED] = [0.85, 66];

/** What a whole request is measured by: its training beside its role and its department, and its reasons. */
export async function requestMeasures(
  facts: Facts,
  motive: Motive,
): Promise<{ measured: number[]; fit: Fit } | undefined> {
  const { reasons = "" } = facts;
  const [role, department, training] = [facts.role, facts.department, facts.training].map(
    (said) => said && titleAlone(said),
  );
  if (!role || !isNamed(training)) return undefined;
  const fit = await fitOf(role, training);
  const beside = department ? await fitOf(department, training) : undefined;
  const { leisure, margin, direct, saidMargin } = fit.measures;
  return {
    fit,
    measured: [
      logOf(fit.chances[0]),
      logOf(fit.chances[2]),
      leisure,
      margin,
      direct,
      saidMargin,
      beside ? logOf(beside.chances[0]) : NOTHING_KNOWN,
      beside ? logOf(beside.chances[2]) : NOTHING_KNOWN,
      motive.work,
      motive.private,
      Math.min(MOST_WORDS, reasons.split(/\s+/).length),
      /\d/.test(reasons) ? 1 : 0,
    ],
  };
}

const logOf = (chance: number) => Math.log(chance + LEAST_CHANCE);

/** How well a training suits whoever asks for it, weighed with what it is wanted for; undefined where one is not named. */
export async function worthOf(facts: Facts, motive: Motive): Promise<Worth | undefined> {
  const measures = await requestMeasures(facts, motive);
  if (!measures) return undefined;
  const [, middling, good] = chancesOf(measures.measured, weights as Weights);
  const level = stretched(50 * middling + 100 * good);
  return { level: motive.private >= PRIVATE ? Math.min(level, DOUBTED) : level, fit: measures.fit };
}

/**
 * From what is expected to a level: steep where the model is sure, and flat between, where a person decides. The bounds are
 * set on requests that are labelled.
 */
const KNOTS: [expected: number, level: number][] = [
  [0, 0],
  [25, 36],
  [30, 55],
  [69, 68],
  [73, 78],
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
