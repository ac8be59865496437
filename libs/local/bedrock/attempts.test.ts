import { expect, test } from "vitest";
import weights from "./attempts.json" with { type: "json" };
import { ATTEMPT, chanceOf, measuresOf } from "./attempts.ts";
import type { LabelledSentence } from "./attempts-calibration.ts";
import { isFittedOn } from "./calibration.ts";
import { embed } from "./embeddings.ts";
import sentences from "./sentences.json" with { type: "json" };

const all = sentences as LabelledSentence[];

test("of the sentences that were not fitted on, nearly every attempt is told, and few plain ones are taken for one", async () => {
  const held = all.filter((one, index) => !isFittedOn(one, index));
  const vectors = await embed(held.map(({ text }) => text));
  const told = held.map(({ label, text }, index) => ({
    label,
    is: chanceOf(measuresOf(text, vectors[index] ?? new Float32Array()), weights) > ATTEMPT,
  }));
  const share = (label: string) => {
    const of = told.filter((one) => one.label === label);
    return of.filter(({ is }) => is).length / of.length;
  };
  expect(share("attempt")).toBeGreaterThan(0.85);
  expect(share("plain")).toBeLessThan(0.1);
});
