import { expect, test } from "vitest";
import { readRequest } from "./fields.ts";
import { worthOf } from "./worth.ts";

const worth = async (document: string) => worthOf(document, (await readRequest(document)).reading);
const levelOf = async (role: string, training: string, reasons: string) =>
  (await worth(`Role: ${role}\nTraining: ${training}\nCost: 600 EUR\nReasons: ${reasons}`))?.level;

const [TO_REJECT, TO_APPROVE] = [50, 76];

test("reasons of work keep a name that tells little from being rejected", async () => {
  const reasons = "Our ward had 1,100 births last year, and the hospital demands that each midwife renews it.";
  expect(await levelOf("midwife", "NLS provider", reasons)).toBeGreaterThanOrEqual(TO_REJECT);
});

test.each([
  ["payroll clerk", "Scuba diving certificate"],
  ["warehouse worker", "Opera singing lessons"],
  ["gardener", "Company valuation for mergers"],
])("what %s do not need is not approved however much the reasons speak of work: %s", async (role, training) => {
  const reasons = "We had 12 complaints from customers last quarter and my department needs this urgently.";
  expect(await levelOf(role, training, reasons)).toBeLessThanOrEqual(TO_APPROVE);
});

test("a fit for a motive of private life is worth less than one for work, and no approval", async () => {
  const reasons = "It is my hobby and I would like to sell flowers from my own garden at weekends.";
  expect(await levelOf("florist", "Wedding floristry", reasons)).toBeLessThanOrEqual(TO_APPROVE);
  const ofWork = "The shop had 41 weddings booked this year, and two brides complained about the arches.";
  expect(await levelOf("florist", "Wedding floristry", ofWork)).toBeGreaterThan(TO_APPROVE);
});

test("a training of the trade's own, with reasons, is worth an approval", async () => {
  const reasons = "Our lift inspections failed 3 times in 2026; the notified body asks for it by June.";
  expect(await levelOf("lift technician", "EN 81-20: doors and rescue", reasons)).toBeGreaterThan(TO_APPROVE);
});

test("work that is told and not named is read all the same", async () => {
  const document =
    "Hello, I look after the payroll runs for our four sites and file the wage tax each month. The rules change in January. May I attend the seminar Payroll tax changes for the coming year, 380 euros?";
  expect((await worth(document))?.level).toBeGreaterThan(TO_APPROVE);
});

test("what a request says is told apart from how well the names fit", async () => {
  const of = async (reasons: string) =>
    (await worth(`Role: electrician\nTraining: Installing charging points\nReasons: ${reasons}`))?.said ?? 0;
  const [work, leisure] = await Promise.all([
    of("Eleven customers asked for it this spring, and we had to pass the orders on."),
    of("My husband and I bought an electric car and I would like to install it at home at weekends."),
  ]);
  expect(work).toBeGreaterThan(leisure);
});

test.each([
  "Hello",
  "Role: nurse\nTraining: Workshop\nReasons: We had three audits this year and need it by June.",
  "I am an electrician and would like to do a course some time, please tell me what there is.",
  "Role: welder\nCost: 500 EUR\nReasons: Our seams failed at the last audit and the customer complained twice.",
  "Minutes of the meeting of 3 March. Present: Smith, Jones. The roof is to be repaired before winter.",
  "I hereby resign from my position as accountant with effect from 30 June. Thank you for the good years.",
  "The weather is nice today. I like flowers and my garden. See you on Monday.",
])("where no role or no training is named, nothing is said of it: %s", async (document) => {
  expect(await worth(document)).toBeUndefined();
});
