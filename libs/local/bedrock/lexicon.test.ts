import { expect, test } from "vitest";
import { lexiconOf, sharesOf } from "./lexicon.ts";

const lexicon = lexiconOf([
  ["TIG welding", "ISO 9606 welder qualification", "safety at work"],
  ["wound care", "safety of patients", "insulin"],
]);

test("an acronym that one group alone uses tells that group; a word of all tells none", () => {
  const [welding = 0, nursing = 0] = sharesOf("Requalification ISO 9606", lexicon);
  expect(welding).toBeGreaterThan(0.3);
  expect(nursing).toBe(0);
  const [one, other] = sharesOf("safety", lexicon);
  expect(one).toBeCloseTo(other ?? Number.NaN, 5);
});

test("welding and welder are one word", () => {
  expect(sharesOf("welders", lexicon)[0]).toBeGreaterThan(0.5);
});

test("a group's own phrase does not count for itself where it is left out", () => {
  expect(sharesOf("insulin", lexicon, (group) => group === 1)[1]).toBe(0);
});
