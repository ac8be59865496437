import type { Label } from "./calibration.ts";
import { dot } from "./vector.ts";
import { lists, vocabulary } from "./vocabulary.ts";

/** Pairs of the vocabulary's own phrases, which are measured as if it did not hold them. */
export interface MadePair {
  role: string;
  training: string;
  label: Label;
}

/** How many of each kind are made. */
const [OWN, FOREIGN, LEISURE, ANYWHERE, KINDRED] = [700, 700, 400, 300, 300];
/** How near two occupations' skills are, at the most for foreign ones and within for kindred ones. */
const FOREIGN_BELOW = 0.35;
const KINDRED_FROM = 0.55;
const KINDRED_TO = 0.8;

/**
 * Roles with what the vocabulary says that they learn, that others learn, that serves anywhere, and that is leisure. With them
 * the weights hold for more trades than anybody labels pairs of.
 */
export function madePairs(random: () => number): MadePair[] {
  const { occupations } = vocabulary();
  const { leisure, transversal } = lists();
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const kin = () => {
    const [of, other] = [one(occupations), one(occupations)];
    const isAlike = of.titles.some((title) => other.titles.includes(title));
    return { of, other, likeness: isAlike ? 1 : dot(of.centre, other.centre) };
  };
  const until = (holds: (likeness: number) => boolean) => {
    for (;;) {
      const { of, other, likeness } = kin();
      if (holds(likeness)) return { role: one(of.titles), training: one(other.skills) };
    }
  };
  const many = (count: number, label: Label, make: () => { role: string; training: string }) =>
    Array.from({ length: count }, () => ({ ...make(), label }));
  const withOne = (list: readonly string[]) => () => ({ role: one(one(occupations).titles), training: one(list) });
  return [
    ...many(OWN, "fit", () => {
      const { titles, skills } = one(occupations);
      return { role: one(titles), training: one(skills) };
    }),
    ...many(FOREIGN, "unfit", () => until((likeness) => likeness < FOREIGN_BELOW)),
    ...many(LEISURE, "unfit", withOne(leisure)),
    ...many(ANYWHERE, "partly", withOne(transversal)),
    ...many(KINDRED, "partly", () => until((likeness) => likeness > KINDRED_FROM && likeness < KINDRED_TO)),
  ];
}
