import { expect, test } from "vitest";
import { isFittedOn } from "./calibration.ts";
import { motiveOf } from "./motive.ts";
import motives from "./motives.json" with { type: "json" };

test("of the reasons that were not fitted on, few of private life are taken for work, and few of work for private life", async () => {
  const held = motives.filter((one, index) => !isFittedOn(one, index));
  const read = await Promise.all(held.map(async ({ label, text }) => ({ label, ...(await motiveOf(text)) })));
  const share = (label: string, holds: (one: { work: number; private: number }) => boolean) => {
    const of = read.filter((one) => one.label === label);
    return of.filter(holds).length / of.length;
  };
  expect(share("work", ({ work, private: own }) => work > own)).toBeGreaterThan(0.9);
  expect(share("private", ({ work, private: own }) => own > work)).toBeGreaterThan(0.85);
});
