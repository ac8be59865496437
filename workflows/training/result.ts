import type { Decision } from "#callbacks";
import { parseExecutionArn } from "#executions";
import type { ScoreOutcome } from "#scoring";
import type { Judgement } from "./activities.ts";
import { bands, type TrainingInput } from "./contract.ts";

export type RecordedResult = {
  /** The result's key in the bucket. */
  result: string;
  decision: "approved" | "rejected" | "expired" | "withdrawn";
  decidedBy: "policy" | "reviewer" | "nobody";
  why: string;
  /** Until when it can be contested; absent where it cannot, and in what older versions have recorded. */
  contestableUntil?: string;
};

/** `training/results/<uploaded name>.<start of the execution's hash>.json`: found by the upload's name, one an execution. */
export const resultKey = ({ document }: TrainingInput, executionArn: string): string =>
  keyFor(document.key, parseExecutionArn(executionArn)?.name ?? "");

/** A contested request's second execution ends in `-r2`, a repeated one in `-a1`, and so do their results. */
function keyFor(upload: string, execution: string): string {
  const [, hash = "", round = ""] = /^training-(.{1,12}).*?((?:-[ra]\d+)*)$/.exec(execution) ?? [];
  return `training/results/${upload.replace(/^training\/requests\//, "")}.${hash}${round}.json`;
}

/** The result document: what was asked, how it was judged, who decided what when, and by which execution. */
export function resultOf(
  ending: {
    input: TrainingInput;
    execution: string;
    judgement: Judgement;
    verdict: "approved" | "rejected" | "person";
    decision: Decision | undefined;
  },
  at: string,
) {
  const { input, execution, judgement, verdict, decision } = ending;
  const { score, fields, problem } = judgement;
  const outcome = decision?.outcome ?? (verdict === "person" ? "expired" : verdict);
  return {
    format: "longhaul.training.result/1",
    decision: outcome,
    decidedBy: decision ? (decision.by ? ("reviewer" as const) : ("nobody" as const)) : ("policy" as const),
    by: decision?.by ?? null,
    at: decision?.at ?? at,
    why: decision?.reason ?? whyPolicy(judgement),
    request: fields ?? null,
    problem: problem ?? null,
    score: score?.usable ? score.value : null,
    bands,
    reasons: score?.usable ? score.reasons : [],
    noScore: score && !score.usable ? { code: score.code, explanation: score.explanation } : null,
    model: score?.model ?? null,
    promptVersion: score?.promptVersion ?? null,
    tokens: score?.usage ?? null,
    scoring: score ? scoringOf(score) : null,
    document: input.document,
    follows: input.follows ?? null,
    round: input.reopens?.round ?? 1,
    /** The result whose place this one has taken; nobody's decision takes none. */
    supersedes: input.reopens && decision?.by ? keyFor(input.document.key, input.reopens.of) : null,
    execution,
  };
}

function whyPolicy({ problem, score }: Judgement): string {
  if (problem)
    return `The request could not be read: expected ${problem.field} to be ${problem.expected}, got ${problem.received}.`;
  const value = score?.usable ? score.value : undefined;
  return value !== undefined && value > bands.approveAbove
    ? `The score ${value} is above ${bands.approveAbove}.`
    : `The score ${value} is below ${bands.rejectBelow}.`;
}

/** How the score came about: who answered, by which versions, how long it took, what it cost, what was found in the document. */
const scoringOf = ({ isFallback, attempts, answers, hashes, latencyMs, cost, findings }: ScoreOutcome) => ({
  isFallback,
  attempts,
  answers,
  hashes,
  latencyMs,
  cost,
  findings,
});
