import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Payment } from "./contract.ts";
import { formatMoney } from "./money.ts";
import { type BookedEffect, reconcile } from "./reconcile.ts";
import { describeOrder, screenByRules, screenByScore } from "./screening.ts";

const payment: Payment = {
  orderId: "order-1",
  payer: { account: "ada", cardToken: "card" },
  payee: { account: "shop" },
  amount: { minor: 1_250, currency: "EUR" },
  lines: [{ sku: "lamp", description: "Desk lamp", quantity: 5, unitMinor: 250 }],
  shipTo: { zone: "north:ship=declined" },
};
const of = (minor: number, more: Partial<Payment["lines"][number]> = {}): Payment => ({
  ...payment,
  amount: { minor, currency: "EUR" },
  lines: [{ sku: "lamp", description: "Desk lamp", quantity: 1, unitMinor: minor, ...more }],
});

test.each([
  [{ amount: { minor: 12.5, currency: "EUR" } }, "amount.minor"],
  [{ amount: { minor: 1_250, currency: "EURO" } }, "amount.currency"],
  [{ amount: { minor: 0, currency: "EUR" } }, "amount.minor"],
  [{ amount: { minor: 1_251, currency: "EUR" } }, "amount.minor"],
  [{ lines: [] }, "lines"],
  [{ orderId: "../1" }, "orderId"],
  [{ card: "4111" }, ""],
])("money is whole numbers, and adds up: %j is refused by its field", (change, field) => {
  const { error } = Payment.safeParse({ ...payment, ...change });
  expect(error?.issues.map(({ path }) => path.join("."))).toContain(field);
});

test("the samples are payments as the contract takes them", async () => {
  const folder = join(import.meta.dirname, "samples");
  for (const file of await readdir(folder)) {
    const event = JSON.parse(await readFile(join(folder, file), "utf8"));
    expect([file, event.type, Payment.safeParse(event.data).error]).toEqual([
      file,
      "longhaul.payment.requested",
      undefined,
    ]);
  }
});

test("an amount is written with its currency's own number of digits", () => {
  expect(
    [
      ["EUR", 5],
      ["EUR", 123_456],
      ["JPY", 500],
      ["BHD", 1_234],
    ].map(([currency, minor]) => formatMoney({ currency: String(currency), minor: Number(minor) })),
  ).toEqual(["0.05 EUR", "1234.56 EUR", "500 JPY", "1.234 BHD"]);
});

test("rules: ordinary goes on, over the limit an officer, over the second two, to oneself never, like cash is scored", () => {
  const verdicts = [of(500_000), of(500_001), of(2_000_001), of(100, { description: "Gift card" })].map(screenByRules);
  expect(verdicts.map(({ verdict, fourEyes }) => [verdict, fourEyes])).toEqual([
    ["clear", false],
    ["person", false],
    ["person", true],
    ["odd", false],
  ]);
  expect(screenByRules({ ...payment, payee: { account: "ada" } }).verdict).toBe("rejected");
});

test("without a usable score a person looks", () => {
  const none = { usable: false, explanation: "the model refused." } as Parameters<typeof screenByScore>[1];
  const odd = screenByRules(of(100, { description: "Gift card" }));
  expect(screenByScore(odd, none)).toMatchObject({ verdict: "person", reasons: [odd.reasons[0], expect.any(String)] });
});

test("the model is shown no name, account or card", () => {
  expect(describeOrder(payment)).toBe("Order of 12.50 EUR, to be shipped to north.\n- 5 pieces of Desk lamp");
});

test("reconciliation finds what was forgotten, doubled, claimed in vain, and what does not balance", () => {
  const step = {
    path: [],
    attempts: 1,
    at: null,
    error: null,
    undoAttempts: 0,
    undoAt: null,
    undoErrors: [],
    reviews: [],
  };
  const outcome = (key: string, forward: "done" | "failed", undo: "undone" | "not-run") => ({
    saga: "payment",
    status: "compensated" as const,
    error: null,
    cancelled: false,
    steps: [{ ...step, name: "capture", key, forward, undo }],
  });
  const effect = (key: string, undoneBy: string | null): BookedEffect => ({
    key,
    undoneBy,
    orderId: "1",
    minor: 1,
    currency: "EUR",
  });
  const outcomes = [
    outcome("fine", "done", "undone"),
    outcome("kept", "done", "undone"),
    outcome("vanished", "done", "not-run"),
    outcome("silent", "failed", "not-run"),
  ];
  const effects = [effect("fine", "u"), effect("kept", null), effect("silent", null), effect("orphan", null)];
  const entries = [
    { posting: "p", account: "a", minor: -5, currency: "EUR" },
    { posting: "p", account: "b", minor: 4, currency: "EUR" },
  ];
  expect(reconcile(outcomes, { effects, entries }).map(({ about }) => about)).toEqual([
    "kept",
    "vanished",
    "silent",
    "orphan",
    "posting p EUR",
    "ledger EUR",
  ]);
});
