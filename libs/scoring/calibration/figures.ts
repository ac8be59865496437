import type { Bands } from "../bands.ts";
import { shareOf } from "../share.ts";
import type { CalibrationPoint } from "./point.ts";

/** A point, and what a person said of the automatic decision afterwards, where it was drawn and somebody has. */
export type Judged = CalibrationPoint & { audited?: "approved" | "rejected" };

/** What other bounds would have meant: whom people had to see, and what would have been decided against a person's judgement. */
const ALTERNATIVES: Bands[] = [
  { rejectBelow: 45, approveAbove: 80 },
  { rejectBelow: 40, approveAbove: 85 },
  { rejectBelow: 55, approveAbove: 72 },
];
const WIDTH = 10;
/** Fewer human judgements than this recommend nothing. */
const ENOUGH = 150;

/** All that decisions say about a workflow's scores and bounds. */
export function figuresOf(points: readonly Judged[], current: Bands) {
  const people = points.filter(
    ({ decidedBy, decision, score, code }) =>
      decidedBy === "reviewer" && score !== null && code === null && /^(approved|rejected)$/.test(decision),
  );
  const audited = points.filter(({ audited: said }) => said !== undefined);
  /** What people said, whether before the decision or after it. */
  const said = [
    ...people.map(({ score, decision }) => ({ score: score ?? 0, isApproved: decision === "approved" })),
    ...audited.map(({ score, audited: by }) => ({ score: score ?? 0, isApproved: by === "approved" })),
  ];
  const approved = (list: readonly { isApproved: boolean }[]) =>
    shareOf(list.filter(({ isApproved }) => isApproved).length, list.length);
  return {
    points: points.length,
    byPeople: people.length,
    byPolicy: points.filter(({ decidedBy }) => decidedBy === "policy").length,
    reliability: Array.from({ length: 100 / WIDTH }, (_, index) => {
      const [from, to] = [index * WIDTH, (index + 1) * WIDTH];
      return { from, to, approved: approved(said.filter(({ score }) => score >= from && (score < to || to === 100))) };
    }),
    bounds: [current, ...ALTERNATIVES].map((bounds) => ({ ...bounds, ...meaningOf(bounds, points, said) })),
    audit: auditOf(points, audited),
    drift: [...Map.groupBy(points, ({ at, model, promptVersion }) => [at.slice(0, 7), model, promptVersion].join(" "))]
      .map(([period, list]) => ({
        period,
        count: list.length,
        meanScore: meanScore(list),
        toPeople: shareOf(list.filter(({ decidedBy }) => decidedBy !== "policy").length, list.length),
        approvedByPeople: approved(
          list.filter((one) => people.includes(one)).map(({ decision }) => ({ isApproved: decision === "approved" })),
        ),
      }))
      .sort((one, other) => one.period.localeCompare(other.period)),
    /** With no false decision among so many, the rate is below the bound with 95 % confidence. */
    neededFor: [0.05, 0.02, 0.01].map((rate) => ({ rate, decisions: Math.ceil(Math.log(0.05) / Math.log(1 - rate)) })),
    recommendation: recommendationOf(said.length),
  };
}
export type Figures = ReturnType<typeof figuresOf>;

/** Under some bounds: how much people would have to decide, and how often the policy would decide against what a person said. */
function meaningOf(
  { rejectBelow, approveAbove }: Bands,
  points: readonly CalibrationPoint[],
  said: readonly { score: number; isApproved: boolean }[],
) {
  const isLeft = ({ score, code }: CalibrationPoint) =>
    code !== null || score === null || (score >= rejectBelow && score <= approveAbove);
  const above = said.filter(({ score }) => score > approveAbove);
  const below = said.filter(({ score }) => score < rejectBelow);
  return {
    toPeople: shareOf(points.filter(isLeft).length, points.length),
    falseApprovals: shareOf(above.filter(({ isApproved }) => !isApproved).length, above.length),
    falseRejections: shareOf(below.filter(({ isApproved }) => isApproved).length, below.length),
  };
}

/** What people said afterwards of the automatic decisions that were drawn: a kind of its own, for nothing was decided by it. */
function auditOf(points: readonly Judged[], audited: readonly Judged[]) {
  const against = (decision: "approved" | "rejected") => {
    const of = audited.filter((point) => point.decision === decision);
    return shareOf(of.filter((point) => point.audited !== decision).length, of.length);
  };
  return {
    drawn: points.filter(({ audit }) => audit).length,
    judged: audited.length,
    approvalsDisputed: against("approved"),
    rejectionsDisputed: against("rejected"),
  };
}

function meanScore(list: readonly CalibrationPoint[]): number | null {
  const scores = list.map(({ score }) => score).filter((score) => score !== null);
  return scores.length === 0
    ? null
    : Math.round((scores.reduce((sum, score) => sum + score, 0) / scores.length) * 10) / 10;
}

const recommendationOf = (count: number): string =>
  count < ENOUGH
    ? `Leave the bounds as they are: ${count} human judgements beside a score are fewer than the ${ENOUGH} from which anything follows.`
    : "Compare the bounds above; whoever changes the contract decides. People saw only what the bounds of the day left to them: what lies outside is known from the audit sample alone.";
