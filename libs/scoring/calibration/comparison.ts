import type { ShadowPoint, Side } from "../shadow.ts";
import { type Share, shareOf } from "../share.ts";

const VERDICTS = ["approved", "rejected", "person"] as const;
/** Codes of a candidate that gave no answer at all. */
const UNANSWERED = /^(?:MODEL_|BUDGET_SPENT)/;

/** One candidate beside what decides. */
export interface Comparison {
  candidate: string;
  /** Documents that both have judged. */
  count: number;
  /** Where the candidate could not be asked: not compared. */
  unanswered: number;
  /** How often both come to the same. */
  agrees: Share;
  /** How often one approves what the other rejects. */
  opposed: Share;
  /** What the current one came to, by what the candidate did. */
  table: Record<(typeof VERDICTS)[number], Record<(typeof VERDICTS)[number], number>>;
  /** Against people, where people decided: what each would have decided otherwise, of what it would have decided. */
  againstPeople: { current: Share; candidate: Share };
  toPeople: { current: Share; candidate: Share };
  /** The mean of the candidate's score less the current one's, where both have one. */
  meanDifference: number | null;
  /** US dollars a document, and milliseconds. */
  cost: { current: number; candidate: number };
  latencyMs: { current: number; candidate: number };
}

/** Each candidate of the points, beside what decided. */
export function comparisonsOf(points: readonly ShadowPoint[]): Comparison[] {
  const groups = Map.groupBy(points, ({ candidate }) => candidate);
  return [...groups].map(([candidate, all]) => compare(candidate, all)).sort((a, b) => b.count - a.count);
}

function compare(candidate: string, all: readonly ShadowPoint[]): Comparison {
  const points = all.filter(({ shadow }) => shadow.code === null || !UNANSWERED.test(shadow.code));
  const count = (holds: (point: ShadowPoint) => boolean) => shareOf(points.filter(holds).length, points.length);
  const both = (of: (side: Side) => number) => ({
    current: mean(points.map(({ current }) => of(current))),
    candidate: mean(points.map(({ shadow }) => of(shadow))),
  });
  const differences = points.flatMap(({ current, shadow }) =>
    current.score === null || shadow.score === null ? [] : [shadow.score - current.score],
  );
  return {
    candidate,
    count: points.length,
    unanswered: all.length - points.length,
    agrees: count(({ current, shadow }) => current.verdict === shadow.verdict),
    opposed: count(({ current, shadow }) => isOpposed(current.verdict, shadow.verdict)),
    table: Object.fromEntries(
      VERDICTS.map((one) => [one, Object.fromEntries(VERDICTS.map((other) => [other, cell(points, one, other)]))]),
    ) as Comparison["table"],
    againstPeople: {
      current: against(points, ({ current }) => current),
      candidate: against(points, ({ shadow }) => shadow),
    },
    toPeople: {
      current: count(({ current }) => current.verdict === "person"),
      candidate: count(({ shadow }) => shadow.verdict === "person"),
    },
    meanDifference: differences.length === 0 ? null : Math.round(mean(differences) * 10) / 10,
    cost: both(({ cost }) => cost),
    latencyMs: both(({ latencyMs }) => latencyMs),
  };
}

const cell = (points: readonly ShadowPoint[], one: Side["verdict"], other: Side["verdict"]) =>
  points.filter(({ current, shadow }) => current.verdict === one && shadow.verdict === other).length;

const isOpposed = (one: string, other: string) =>
  (one === "approved" && other === "rejected") || (one === "rejected" && other === "approved");

function against(points: readonly ShadowPoint[], sideOf: (point: ShadowPoint) => Side): Share {
  const decided = points.filter(
    (point) =>
      point.decidedBy === "reviewer" &&
      /^(?:approved|rejected)$/.test(point.decision) &&
      sideOf(point).verdict !== "person",
  );
  return shareOf(decided.filter((point) => isOpposed(sideOf(point).verdict, point.decision)).length, decided.length);
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 1e6) / 1e6;
