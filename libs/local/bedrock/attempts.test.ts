import { expect, test } from "vitest";
import weights from "./attempts.json" with { type: "json" };
import { ATTEMPT, chanceOf, measuresOf, ODD } from "./attempts.ts";
import type { LabelledSentence } from "./attempts-calibration.ts";
import { isFittedOn } from "./calibration.ts";
import { embed } from "./embeddings.ts";
import sentences from "./sentences.json" with { type: "json" };

const all = sentences as LabelledSentence[];

test("of the sentences that were not fitted on, most attempts are odd enough to stop an approval and half are told plainly, few plain ones are either", async () => {
  const held = all.filter((one, index) => !isFittedOn(one, index));
  const vectors = await embed(held.map(({ text }) => text));
  const told = held.map(({ label, text }, index) => ({
    label,
    chance: chanceOf(measuresOf(text, vectors[index] ?? new Float32Array()), weights),
  }));
  const share = (label: string, above: number) => {
    const of = told.filter((one) => one.label === label);
    return of.filter(({ chance }) => chance > above).length / of.length;
  };
  // What rules find beside it is not counted here.
  expect(share("attempt", ODD)).toBeGreaterThan(0.75);
  expect(share("plain", ODD)).toBeLessThan(0.1);
  expect(share("attempt", ATTEMPT)).toBeGreaterThan(0.5);
  expect(share("plain", ATTEMPT)).toBeLessThan(0.04);
});
