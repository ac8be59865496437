import { expect, test } from "vitest";
import type { Contract } from "#workflow";
import type { Review } from "./index.ts";
import { watchOldestReviews } from "./oldest-review.ts";

const NOW = Date.parse("2026-11-25T12:00:00Z");
const contract = (name: string, role: string) => ({ name, reviews: { decide: { role } } }) as unknown as Contract;

test("each workflow's oldest open review is told as a metric, and none as zero", async () => {
  const lines: string[] = [];
  const opened: Record<string, string> = {
    "hr-reviewer": "2026-11-25T11:00:00Z",
    "compliance-officer": "2026-11-25T10:00:00Z",
  };
  const swept = watchOldestReviews([contract("training", "hr-reviewer"), contract("naps", "nobody")], {
    now: () => NOW,
    write: (line) => lines.push(line),
    reviews: () => ({
      list: async ({ role, workflow }) => ({
        reviews:
          workflow === "training" && opened[String(role)]
            ? [{ openedAt: opened[String(role)], request: {} } as Review]
            : [],
      }),
    }),
  });
  expect(await swept.sweep()).toBe(0);
  expect(lines.map((line) => JSON.parse(line)).sort(byWorkflow)).toEqual([
    { _aws: directive, workflow: "naps", OldestOpenReviewSeconds: 0 },
    { _aws: directive, workflow: "training", OldestOpenReviewSeconds: 7_200 },
  ]);
});

const directive = {
  Timestamp: NOW,
  CloudWatchMetrics: [
    {
      Namespace: "Longhaul",
      Dimensions: [["workflow"]],
      Metrics: [{ Name: "OldestOpenReviewSeconds", Unit: "Seconds" }],
    },
  ],
};
const byWorkflow = (one: { workflow: string }, other: { workflow: string }) => (one.workflow < other.workflow ? -1 : 1);
