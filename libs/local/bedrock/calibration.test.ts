import { expect, test } from "vitest";
import { calibration, fitCalibration, fitCosine, type Label, levelOf, type Pair } from "./calibration.ts";
import pairs from "./pairs.json" with { type: "json" };

const cosines = await Promise.all(
  (pairs as Pair[]).map(async ({ role, training, label }) => ({ cosine: await fitCosine(role, training), label })),
);

test("the calibration is what fitting on the pairs at even places gives", () => {
  expect(fitCalibration(cosines.filter((_, index) => index % 2 === 0))).toEqual(calibration);
});

test("the pairs that were not fitted on come out in the order of their labels", () => {
  const held = cosines.filter((_, index) => index % 2 === 1);
  const mean = (label: Label) => {
    const levels = held.filter((pair) => pair.label === label).map(({ cosine }) => levelOf(cosine));
    return levels.reduce((sum, level) => sum + level, 0) / levels.length;
  };
  expect(mean("unfit")).toBeLessThan(35);
  expect(mean("partly")).toBeGreaterThan(mean("unfit"));
  expect(mean("fit")).toBeGreaterThan(Math.max(75, mean("partly")));
});
