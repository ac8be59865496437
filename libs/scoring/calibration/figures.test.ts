import { expect, test } from "vitest";
import { figuresOf, type Judged } from "./figures.ts";

const point = (over: Partial<Judged>): Judged => ({
  format: "longhaul.calibration/1",
  workflow: "training",
  at: "2027-01-10T10:00:00.000Z",
  score: 60,
  levels: {},
  code: null,
  findings: [],
  model: "m",
  promptVersion: "p",
  decision: "approved",
  decidedBy: "reviewer",
  reasonCode: null,
  audit: false,
  ...over,
});
const bounds = { rejectBelow: 50, approveAbove: 76 };

test("other bounds are held against what people decided", () => {
  const points = [
    point({ score: 52, decision: "approved" }),
    point({ score: 74, decision: "rejected" }),
    point({ score: 90, decidedBy: "policy" }),
    point({ score: 47, decidedBy: "policy", decision: "rejected" }),
    point({ score: 90, code: "DOCUMENT_SUSPICIOUS", decision: "rejected" }),
  ];
  const figures = figuresOf(points, bounds);
  expect(figures).toMatchObject({ points: 5, byPeople: 2, byPolicy: 2 });
  const left = Object.fromEntries(figures.bounds.map((one) => [one.rejectBelow, one.toPeople.count]));
  expect(left).toEqual({ 50: 3, 45: 4, 40: 4, 55: 1 });
  const narrow = figures.bounds.find(({ rejectBelow }) => rejectBelow === 55);
  expect(narrow).toMatchObject({ falseApprovals: { count: 1 }, falseRejections: { count: 1 } });
});

test("what has no usable score would go to a person under any bounds, and counts against none", () => {
  const [one] = figuresOf([point({ score: 90, code: "DOCUMENT_SUSPICIOUS", decision: "rejected" })], bounds).bounds;
  expect(one).toMatchObject({ toPeople: { count: 1 }, falseApprovals: { count: 0, of: 0 } });
});

test("few decisions recommend nothing, and the size that a claim needs is told", () => {
  const { recommendation, neededFor } = figuresOf([point({})], bounds);
  expect(recommendation).toContain("Leave the bounds as they are");
  expect(neededFor).toContainEqual({ rate: 0.02, decisions: 149 });
});

test("what people say of drawn decisions afterwards is a kind of its own, and tells of what lies outside the bounds", () => {
  const automatic = { decidedBy: "policy", audit: true } as const;
  const {
    audit,
    bounds: meant,
    byPeople,
  } = figuresOf(
    [
      point({ ...automatic, score: 90, audited: "approved" }),
      point({ ...automatic, score: 78, audited: "rejected" }),
      point({ ...automatic, score: 20, decision: "rejected", audited: "rejected" }),
      point({ ...automatic, score: 95 }),
    ],
    bounds,
  );
  expect(byPeople).toBe(0);
  expect(audit).toMatchObject({
    drawn: 4,
    judged: 3,
    approvalsDisputed: { count: 1, of: 2 },
    rejectionsDisputed: { count: 0, of: 1 },
  });
  expect(meant.map(({ falseApprovals }) => [falseApprovals.count, falseApprovals.of])).toEqual([
    [1, 2],
    [0, 1],
    [0, 1],
    [1, 2],
  ]);
});
