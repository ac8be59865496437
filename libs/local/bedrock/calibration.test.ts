import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fitWeights, isFittedOn, type Label, measure, type Pair } from "./calibration.ts";
import fitted from "./fit.json" with { type: "json" };
import { levelOf } from "./fit.ts";
import pairs from "./pairs.json" with { type: "json" };
import { fingerprint, phrases, vocabularyFolder } from "./vocabulary.ts";

const points = await measure(pairs as Pair[]);

test("the vocabulary's vectors are those of its phrases", () => {
  const recorded = readFileSync(join(vocabularyFolder, "vocabulary.sha256"), "utf8").trim();
  expect(fingerprint(phrases())).toBe(recorded);
});

test("the weights are what fitting on two of three pairs gives", () => {
  const again = fitWeights(points.filter(isFittedOn));
  for (const [place, row] of again.rows.entries())
    for (const [index, weight] of row.entries())
      expect(weight).toBeCloseTo(fitted.rows[place]?.[index] ?? Number.NaN, 2);
});

test("of the pairs that were not fitted on, nearly all of the clear ones lie on their side and none on the other", () => {
  const held = points.filter((point, index) => !isFittedOn(point, index));
  const levels = (label: Label) =>
    held.filter((point) => point.label === label).map(({ measures }) => levelOf(measures, fitted));
  const share = (numbers: number[], holds: (level: number) => boolean) => numbers.filter(holds).length / numbers.length;
  expect(share(levels("fit"), (level) => level > 72)).toBeGreaterThan(0.9);
  expect(share(levels("fit"), (level) => level < 37)).toBeLessThan(0.02);
  expect(share(levels("unfit"), (level) => level < 37)).toBeGreaterThan(0.9);
  expect(share(levels("unfit"), (level) => level > 72)).toBe(0);
});
