import type { CalibrationPoint } from "#scoring";
import { shareOf } from "../eval/measure.ts";

export interface Bounds {
  rejectBelow: number;
  approveAbove: number;
}

/** What other bounds would have meant: whom people had to see, and what would have been decided against a person's judgement. */
const ALTERNATIVES: Bounds[] = [
  { rejectBelow: 45, approveAbove: 80 },
  { rejectBelow: 40, approveAbove: 85 },
  { rejectBelow: 55, approveAbove: 72 },
];
const WIDTH = 10;
/** Fewer human decisions than this recommend nothing. */
const ENOUGH = 150;

export function figuresOf(points: readonly CalibrationPoint[], current: Bounds) {
  const people = points.filter(
    ({ decidedBy, decision, score, code }) =>
      decidedBy === "reviewer" && score !== null && code === null && /^(approved|rejected)$/.test(decision),
  );
  const approved = (list: readonly CalibrationPoint[]) =>
    shareOf(list.filter(({ decision }) => decision === "approved").length, list.length);
  const bounds = [current, ...ALTERNATIVES].map((one) => ({
    ...one,
    toPeople: shareOf(points.filter((point) => isLeft(point, one)).length, points.length),
    falseApprovals: falseWays(
      people,
      ({ score, decision }) => (score ?? 0) > one.approveAbove && decision === "rejected",
    ),
    falseRejections: falseWays(
      people,
      ({ score, decision }) => (score ?? 0) < one.rejectBelow && decision === "approved",
    ),
  }));
  return {
    points: points.length,
    byPeople: people.length,
    byPolicy: points.filter(({ decidedBy }) => decidedBy === "policy").length,
    chosenForAudit: points.filter(({ audit }) => audit).length,
    reliability: Array.from({ length: 100 / WIDTH }, (_, index) => {
      const [from, to] = [index * WIDTH, (index + 1) * WIDTH];
      const inside = people.filter(({ score }) => (score ?? 0) >= from && ((score ?? 0) < to || to === 100));
      return { from, to, approved: approved(inside) };
    }),
    bounds,
    drift: [...Map.groupBy(points, ({ at, model, promptVersion }) => [at.slice(0, 7), model, promptVersion].join(" "))]
      .map(([period, list]) => ({
        period,
        count: list.length,
        meanScore: meanScore(list),
        approvedByPeople: approved(list.filter((one) => people.includes(one))),
      }))
      .sort((one, other) => one.period.localeCompare(other.period)),
    /** With no false decision among so many, the rate is below the bound with 95 % confidence. */
    neededFor: [0.05, 0.02, 0.01].map((rate) => ({ rate, decisions: Math.ceil(Math.log(0.05) / Math.log(1 - rate)) })),
    recommendation: recommendationOf(people.length),
  };
}
export type Figures = ReturnType<typeof figuresOf>;

const isLeft = ({ score, code }: CalibrationPoint, { rejectBelow, approveAbove }: Bounds) =>
  code !== null || score === null || (score >= rejectBelow && score <= approveAbove);

const falseWays = (people: readonly CalibrationPoint[], is: (point: CalibrationPoint) => boolean) =>
  shareOf(people.filter(is).length, people.length);

function meanScore(list: readonly CalibrationPoint[]): number | null {
  const scores = list.map(({ score }) => score).filter((score) => score !== null);
  return scores.length === 0
    ? null
    : Math.round((scores.reduce((sum, score) => sum + score, 0) / scores.length) * 10) / 10;
}

const recommendationOf = (count: number): string =>
  count < ENOUGH
    ? `Leave the bounds as they are: ${count} human decisions beside a score are fewer than the ${ENOUGH} from which anything follows.`
    : "Compare the bounds above; whoever changes the contract decides. People saw only what the bounds of the day left to them: what lies outside is known from the audit sample alone.";
