import { expect, test } from "vitest";
import { isFittedOn, type Label, measure, type Pair } from "./calibration.ts";
import { chancesOf } from "./chances.ts";
import fitted from "./fit.json" with { type: "json" };
import pairs from "./pairs.json" with { type: "json" };

test("of the pairs that were not fitted on, nearly all of the clear ones lie on their side and none on the other", async () => {
  const held = await measure((pairs as Pair[]).filter((pair, index) => !isFittedOn(pair, index)));
  const levels = (label: Label) =>
    held
      .filter((point) => point.label === label)
      .map(({ measured }) => chancesOf(measured, fitted))
      .map(([, partly, fit]) => 50 * partly + 100 * fit);
  const share = (numbers: number[], holds: (level: number) => boolean) => numbers.filter(holds).length / numbers.length;
  expect(share(levels("fit"), (level) => level > 72)).toBeGreaterThan(0.9);
  expect(share(levels("fit"), (level) => level < 37)).toBeLessThan(0.02);
  expect(share(levels("unfit"), (level) => level < 37)).toBeGreaterThan(0.9);
  expect(share(levels("unfit"), (level) => level > 72)).toBe(0);
});
