import { expect, test } from "vitest";
import { motiveOf } from "./motive.ts";
import { worthOf } from "./worth.ts";

const levelOf = async (role: string, training: string, reasons: string) =>
  (await worthOf({ role, training, reasons }, await motiveOf(reasons)))?.level;

test("reasons of work keep a name that tells little from being rejected, and approve nothing by themselves", async () => {
  const reasons = "Our ward had 1,100 births last year, and the hospital demands that each midwife renews it.";
  const level = await levelOf("midwife", "NLS provider", reasons);
  expect(level).toBeGreaterThanOrEqual(50);
  expect(level).toBeLessThanOrEqual(76);
});

test("leisure stays leisure, however much the reasons speak of work", async () => {
  const reasons = "We had 12 complaints from customers last quarter and my department needs this urgently.";
  expect(await levelOf("payroll clerk", "Scuba diving certificate", reasons)).toBeLessThan(50);
});

test("a fit for a motive of private life is left to a person", async () => {
  const reasons = "It is my hobby and I would like to sell flowers from my own garden at weekends.";
  expect(await levelOf("florist", "Wedding floristry", reasons)).toBeLessThanOrEqual(76);
  const ofWork = "The shop had 41 weddings booked this year, and two brides complained about the arches.";
  expect(await levelOf("florist", "Wedding floristry", ofWork)).toBeGreaterThan(76);
});

test("a training of the trade's own, with reasons, is worth an approval", async () => {
  const reasons = "Our lift inspections failed 3 times in 2026; the notified body asks for it by June.";
  expect(await levelOf("lift technician", "EN 81-20: doors and rescue", reasons)).toBeGreaterThan(76);
});

test("where role or training is not named, nothing is said of it", async () => {
  expect(await worthOf({ role: "nurse", training: "Workshop" }, { work: 1, private: 0 })).toBeUndefined();
  expect(await worthOf({ training: "Wound care" }, { work: 1, private: 0 })).toBeUndefined();
});
