import { afterAll, beforeAll, expect, test } from "vitest";
import { openSample } from "#callbacks";
import { type CalibrationPoint, createCalibration, type ShadowPoint } from "#scoring";
import { startConsole, type TestConsole } from "../../test/support/console.ts";
import { createVisitor } from "../../test/support/visitor.ts";
import { contract } from "../../workflows/training/contract.ts";

let site: TestConsole;
beforeAll(async () => {
  site = await startConsole();
});
afterAll(() => site.close());

const point = (over: Partial<CalibrationPoint>): CalibrationPoint => ({
  format: "longhaul.calibration/1",
  workflow: "training",
  at: new Date().toISOString(),
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
const side = { model: "m", promptVersion: "p", score: 60, code: null, cost: 0.006, latencyMs: 900 };

async function pageFor(subject: string): Promise<string> {
  const visitor = createVisitor(site);
  await visitor.signIn(subject);
  return (await visitor.request("/calibration")).text();
}

test("a page without decisions says so, and recommends nothing", async () => {
  const page = await pageFor("omar.okoye");
  expect(page).toContain("No person has judged anything beside a score yet.");
  expect(page).toContain("Leave the bounds as they are");
  expect(page).toContain("The contract names no candidate");
});

test("it shows the curve, the bounds, the drift, the audit sample and the shadow; who may see cases sees which are disputed", async () => {
  const calibration = createCalibration(site.table);
  await calibration.add("training-by-a-person", point({ score: 55, decision: "rejected" }));
  const drawn = {
    execution: "training-drawn",
    decidedBy: "policy",
    audit: true,
    score: 20,
    decision: "rejected",
  } as const;
  const { execution, ...over } = drawn;
  await calibration.add(execution, point(over));
  await openSample(site.reviews, {
    executionArn: `arn:aws:lambda:eu-west-1:000000000000:function:longhaul-training:1/durable-execution/${execution}/1`,
    contract,
    review: "review-request",
    request: { title: "Audit sample: training request", concern: "Drawn.", facts: [] },
  });
  const by = { subject: "hana.holm", name: "Hana Holm" };
  await site.reviews.decide(`${execution}.audit-sample`, {
    outcome: "approved",
    reason: "It fits.",
    by,
    roles: ["hr-reviewer"],
  });
  const shadow: ShadowPoint = {
    format: "longhaul.shadow/1",
    workflow: "training",
    at: new Date().toISOString(),
    candidate: "reasons-weigh-more",
    current: { ...side, verdict: "person" },
    shadow: { ...side, score: 80, verdict: "approved" },
    decision: "rejected",
    decidedBy: "reviewer",
  };
  await calibration.addShadow("training-by-a-person", shadow);

  const page = await pageFor("clara.conte");
  expect(page).toContain("20 to 30: 100 %; 50 to 60: 0 %");
  expect(page).toContain("1 of 1 = 100 % (20.7 % to 100 %)");
  expect(page).toContain('href="/audit/training-drawn"');
  expect(page).toContain("<h3>reasons-weigh-more</h3>");
  expect(page).toContain("1 document compared");
  expect(await pageFor("omar.okoye")).not.toContain("training-drawn");
});
