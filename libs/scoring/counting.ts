import { writeMetrics } from "#platform";
import type { NoScoreCode, ScoreOutcome } from "./outcome.ts";

/** The metric that counts a reason why there is no score; the others are counted as `ScoreUnusable` alone. */
const BY_CODE: Partial<Record<NoScoreCode, string>> = {
  SCORE_UNSTABLE: "ScoreSpread",
  CRITERIA_DISAGREE: "ScoreCriteriaDisagree",
  DOCUMENT_SUSPICIOUS: "ScoreSuspicious",
  ANSWER_MISQUOTED: "ScoreMisquoted",
  LANGUAGE_UNKNOWN: "ScoreLanguageUnknown",
  DOCUMENT_TOO_LONG: "ScoreDocumentCut",
  BUDGET_SPENT: "ScoreBudgetRefused",
};

/**
 * Counts what a score was like, as metrics of the workflow: how often it was made, asked again, unusable and why, by the
 * fallback model; how long it took and what it cost. Called where the score is made, once: a replay makes none.
 */
export function countScore(workflow: string, outcome: ScoreOutcome<object>, write?: (line: string) => void): void {
  const reason = outcome.usable ? undefined : BY_CODE[outcome.code];
  writeMetrics(
    {
      workflow,
      values: {
        ScoreMade: 1,
        ScoreUnusable: outcome.usable ? 0 : 1,
        ScoreAskedAgain: outcome.answers > 1 ? 1 : 0,
        ScoreByFallback: outcome.isFallback ? 1 : 0,
        ...(reason && { [reason]: 1 }),
        ScoreLatency: { value: outcome.latencyMs, unit: "Milliseconds" },
        ScoreCostDollars: { value: outcome.cost, unit: "None" },
      },
    },
    write && { write },
  );
}

/** Counts a document that could not be read, and so was not scored. */
export const countUnreadable = (workflow: string): void =>
  writeMetrics({ workflow, values: { DocumentUnreadable: 1 } });
