import { expect, test } from "vitest";
import type { Table } from "#platform";
import { countScore } from "./counting.ts";
import type { NoScoreCode, ScoreOutcome } from "./outcome.ts";
import { createSpending } from "./spending.ts";

const made = {
  model: "m",
  isFallback: false,
  attempts: 1,
  answers: 1,
  promptVersion: "p",
  hashes: { prompt: "", rubric: "", document: "" },
  latencyMs: 800,
  cost: 0.006,
  findings: [],
};
function counted(outcome: ScoreOutcome): Record<string, unknown> {
  const lines: string[] = [];
  countScore("training", outcome, (line) => lines.push(line));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? "") as Record<string, unknown>;
}

test("a score is counted as metrics of its workflow, in CloudWatch's embedded format", () => {
  const line = counted({ usable: true, value: 80, reasons: [], fields: {}, summary: "", ...made, answers: 2 });
  expect(line).toMatchObject({ workflow: "training", ScoreMade: 1, ScoreUnusable: 0, ScoreAskedAgain: 1 });
  expect(line).toMatchObject({ ScoreByFallback: 0, ScoreLatency: 800, ScoreCostDollars: 0.006 });
  const { CloudWatchMetrics } = line._aws as {
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[];
  };
  expect(CloudWatchMetrics[0]).toMatchObject({ Namespace: "Longhaul", Dimensions: [["workflow"]] });
  const declared = CloudWatchMetrics[0]?.Metrics.map(({ Name }) => Name) ?? [];
  expect(Object.keys(line).filter((name) => !["_aws", "workflow"].includes(name))).toEqual(declared);
});

test.each<[NoScoreCode, string]>([
  ["SCORE_UNSTABLE", "ScoreSpread"],
  ["DOCUMENT_SUSPICIOUS", "ScoreSuspicious"],
  ["ANSWER_MISQUOTED", "ScoreMisquoted"],
  ["LANGUAGE_UNKNOWN", "ScoreLanguageUnknown"],
  ["BUDGET_SPENT", "ScoreBudgetRefused"],
])("%s is counted as %s", (code, metric) => {
  expect(counted({ usable: false, code, explanation: "", ...made })).toMatchObject({ ScoreUnusable: 1, [metric]: 1 });
});

test("that a day's budget is spent is told once, by a metric that has an alarm; a shadow's alarms nobody", async () => {
  const lines: string[] = [];
  for (const account of ["decisions", "shadow"] as const) {
    let dollars = 0;
    const table = {
      update: async (_: unknown, { values }: { values: Record<string, number> }) => {
        dollars += values[":cost"] ?? 0;
        return { dollars };
      },
    } as unknown as Table;
    const write = (line: string) => void lines.push(line);
    const spending = createSpending({ table, workflow: "training", perDay: 1, account, write });
    for (const cost of [0.6, 0.6, 0.6, 0]) await spending.add(cost);
  }
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ workflow: "training", ModelBudgetSpent: 1 }]);
});
