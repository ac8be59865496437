import { expect, test } from "vitest";
import { type Shown, timelineLines } from "./show.ts";

const START = Date.parse("2026-11-02T08:00:00.000Z");
const operation = (name: string, more: object) => ({
  ...{ id: name, name, kind: "step", depth: 0, state: "succeeded", started: START, ended: START + 20, failures: 0 },
  ...more,
});
const linesOf = (endedAt: string | null, ...operations: object[]) =>
  timelineLines({
    ...{ workflow: "payments", name: "payments-1", status: endedAt ? "SUCCEEDED" : "RUNNING", version: "1", arn: "" },
    ...{ startedAt: new Date(START).toISOString(), endedAt, waiting: [], invocations: 1, operations },
  } as Shown);
test("the failure that ended a step is not told as an earlier one", () => {
  expect(linesOf(null, operation("fulfil", { state: "failed", failures: 1 })).at(-1)).toBe("✗ fulfil  step, 20 ms");
  expect(linesOf(null, operation("fulfil", { state: "failed", failures: 3 })).at(-1)).toMatch(/failed 2 times before/);
  expect(linesOf(null, operation("fulfil", { failures: 1 })).at(-1)).toMatch(/failed 1 time before/);
});

test("one invocation is one", () => {
  expect(linesOf(null)[1]).toMatch(/; 1 invocation$/);
});
