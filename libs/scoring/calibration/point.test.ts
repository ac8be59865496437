import { expect, test } from "vitest";
import type { ScoreOutcome } from "../outcome.ts";
import { calibrationPoint, isDrawn } from "./point.ts";

const score = { usable: true, value: 90, reasons: [], findings: [] } as unknown as ScoreOutcome;
const decided = { workflow: "training", at: "2027-01-10T10:00:00.000Z", score, decision: "approved" };
const names = Array.from({ length: 4_000 }, (_, index) => `training-${index}`);

test("the contract's share of the automatic decisions is drawn, the same ones each time", () => {
  const drawn = names.filter((execution) => isDrawn("audit", execution, 0.05));
  expect(drawn.length / names.length).toBeGreaterThan(0.035);
  expect(drawn.length / names.length).toBeLessThan(0.065);
  expect(names.filter((execution) => isDrawn("audit", execution, 0.05))).toEqual(drawn);
  // What is drawn for one purpose is not what is drawn for another.
  expect(drawn.every((execution) => isDrawn("shadow", execution, 0.05))).toBe(false);
});

test.each([
  ["by the policy", "policy", score, true],
  ["by a person", "reviewer", score, false],
  ["for being unreadable, which nobody has judged", "policy", undefined, false],
] as const)("a decision %s is drawn: %s", (_, decidedBy, given, audit) => {
  const options = { ...decided, execution: "training-1", decidedBy, score: given, auditShare: 1 };
  expect(calibrationPoint(options)).toMatchObject({ audit });
});
