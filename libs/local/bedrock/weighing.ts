import type { Fit } from "./fit.ts";
import type { Motive } from "./motive.ts";

/** From here on, to either side, the model trusts what it reads of a motive. */
const CLEAR = 0.8;
const PRIVATE = 0.55;
/** A training that is this much nearer to leisure than to the role's work is leisure, whatever is said of it. */
const LEISURE = 0.2;
/** From here to the middle the model is not sure enough that a training is unfit to let it be rejected for that. */
const [UNSURE, MIDDLE, LIFTED] = [12, 50, 44];
/** Where reasons lift a level no further: a person decides. */
const TO_A_PERSON = 62;
/** What is related to the role by itself and by its reasons counts as fitting. */
const [RELATED, FITTING] = [64, 92];
/** A fit that only the name has, for a motive of private life, is left to a person. */
const DOUBTED = 66;

/**
 * The level of a fit, weighed with what it is wanted for. Reasons of work keep a training whose name tells little from being
 * rejected, and settle a fit that is nearly there; private ones settle a misfit, and leave a fit to a person. Reasons alone
 * approve nothing.
 */
export function weighed({ level, measures }: Fit, together: Fit, motive: Motive): number {
  const ofWork = motive.work >= CLEAR && motive.private < PRIVATE;
  const ofPrivateLife = motive.private >= PRIVATE && motive.work < CLEAR;
  if (measures.leisure > LEISURE) return ofWork && together.level >= RELATED ? lifted(level) : level;
  if (ofPrivateLife) return level >= MIDDLE ? Math.min(level, DOUBTED) : level;
  if (!ofWork) return lifted(level);
  if (level >= RELATED && together.level >= RELATED && measures.transversal < 0) return Math.max(level, FITTING);
  if (level < RELATED && together.level >= MIDDLE) return Math.max(lifted(level), TO_A_PERSON);
  return lifted(level);
}

const lifted = (level: number): number =>
  level < UNSURE || level >= MIDDLE
    ? level
    : Math.round(LIFTED + ((level - UNSURE) / (MIDDLE - UNSURE)) * (MIDDLE - LIFTED));
