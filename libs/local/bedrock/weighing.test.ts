import { expect, test } from "vitest";
import { fitOf } from "./fit.ts";
import { motiveOf } from "./motive.ts";
import { weighed } from "./weighing.ts";

const level = async (role: string, training: string, reasons: string) =>
  weighed(await fitOf(role, training), await fitOf(role, `${training}: ${reasons}`), await motiveOf(reasons));

test("reasons of work keep a name that tells little from being rejected, and approve nothing by themselves", async () => {
  const reasons = "Our ward had 1,100 births last year, and the hospital demands that each midwife renews it.";
  const lifted = await level("midwife", "NLS provider", reasons);
  expect(lifted).toBeGreaterThanOrEqual(50);
  expect(lifted).toBeLessThanOrEqual(76);
});

test("leisure stays leisure, however much the reasons speak of work", async () => {
  const reasons = "We had 12 complaints from customers last quarter and my department needs this urgently.";
  expect(await level("payroll clerk", "Scuba diving certificate", reasons)).toBeLessThan(50);
});

test("a fit for a motive of private life is left to a person", async () => {
  const reasons = "It is my hobby and I would like to sell flowers from my own garden at weekends.";
  expect(await level("florist", "Wedding floristry", reasons)).toBeLessThanOrEqual(76);
});
