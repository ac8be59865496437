import type { Payment } from "../../workflows/payments/contract.ts";

/** Where one payment in five fails, in turn: refused at each step, and answers that are lost. */
const FAILURES: { card?: string; sku?: string; payee?: string; zone?: string }[] = [
  { sku: "reserve=declined" },
  { card: "authorise=declined" },
  { card: "capture=declined" },
  { payee: "post=declined" },
  { zone: "ship=declined" },
  { card: "authorise=lost-after" },
  { card: "capture=lost-after" },
  { card: "capture=500x1" },
  { card: "capture=declined,void=500x1" },
  { zone: "ship=lost-after" },
];

const marked = (name: string, trigger: string | undefined) => (trigger ? `${name}:${trigger}` : name);

/** The nth of the load's payments; of each five one fails somewhere. */
export function paymentOf(index: number): Payment {
  const failure = index % 5 === 4 ? (FAILURES[Math.floor(index / 5) % FAILURES.length] ?? {}) : {};
  const unitMinor = 100 + (index % 900);
  return {
    orderId: `load-${index}`,
    payer: { account: `customer-${index % 1_000}`, cardToken: marked("card", failure.card) },
    payee: { account: marked(`shop-${index % 50}`, failure.payee) },
    amount: { minor: unitMinor * 3, currency: "EUR" },
    lines: [{ sku: marked("thing", failure.sku), description: "Office chair", quantity: 3, unitMinor }],
    shipTo: { zone: marked("north", failure.zone) },
  };
}

export const eventOf = (data: Payment) =>
  JSON.stringify({ specversion: "1.0", id: data.orderId, source: "/load", type: "longhaul.payment.requested", data });
