import { expect, test } from "vitest";
import type { ShadowPoint } from "../shadow.ts";
import { comparisonsOf } from "./comparison.ts";

const side = (verdict: "approved" | "rejected" | "person", score: number, code: string | null = null) => ({
  model: "m",
  promptVersion: "p",
  score,
  code,
  verdict,
  cost: 0.006,
  latencyMs: 900,
});
const point = (current: ShadowPoint["current"], shadow: ShadowPoint["shadow"], decision: string): ShadowPoint => ({
  format: "longhaul.shadow/1",
  workflow: "training",
  at: "2027-01-10T10:00:00.000Z",
  candidate: "other",
  current,
  shadow,
  decision,
  decidedBy: current.verdict === "person" ? "reviewer" : "policy",
});

test("a candidate is held against what decides, and against people where people decided", () => {
  const [comparison] = comparisonsOf([
    point(side("approved", 80), side("rejected", 40), "approved"),
    point(side("person", 60), side("approved", 80), "rejected"),
    point(side("person", 60), side("approved", 80), "approved"),
    point(side("person", 60), side("person", 0, "ANSWER_MALFORMED"), "approved"),
    point(side("approved", 80), side("person", 0, "MODEL_LATE"), "approved"),
  ]);
  expect(comparison).toMatchObject({
    count: 4,
    unanswered: 1,
    agrees: { count: 1 },
    opposed: { count: 1 },
    table: { approved: { rejected: 1 }, person: { approved: 2, person: 1 } },
    againstPeople: { current: { count: 0, of: 0 }, candidate: { count: 1, of: 2 } },
    toPeople: { current: { count: 3 }, candidate: { count: 1 } },
  });
});
