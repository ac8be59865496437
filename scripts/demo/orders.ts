import type { Payment } from "../../workflows/payments/contract.ts";

/** What people do about a payment of the demo, by the review's name, one after another. */
export type Acts = Readonly<Record<string, Act>>;
export type Act = "approve" | "reject" | "try-again" | "by-hand" | "write-off";

export interface Order {
  payment: Payment;
  shows: string;
  acts: Acts;
  cancel?: true;
}

/** Where the sandbox's test triggers go: after the colon of the card, the article, the payee's account or the zone. */
interface Triggers {
  card?: string;
  sku?: string;
  payee?: string;
  zone?: string;
}

let number = 1000;
const with_ = (name: string, trigger: string | undefined) => (trigger ? `${name}:${trigger}` : name);

function order(
  shows: string,
  triggers: Triggers = {},
  {
    minor = 12_500,
    what = "Desk lamp",
    acts = {},
    cancel,
  }: { minor?: number; what?: string; acts?: Acts; cancel?: true } = {},
): Order {
  number += 1;
  const payment: Payment = {
    orderId: `order-${number}`,
    payer: {
      account: `customer-${number}`,
      cardToken: with_("card", triggers.card),
      email: `payer-${number}@example.com`,
    },
    payee: { account: with_("lamps-and-more", triggers.payee), email: "sales@example.com" },
    amount: { minor, currency: "EUR" },
    lines: [{ sku: with_("lamp-7", triggers.sku), description: what, quantity: 5, unitMinor: minor / 5 }],
    shipTo: { zone: with_("north", triggers.zone) },
  };
  return { payment, shows, acts, ...(cancel && { cancel }) };
}

/** Success, each point of failure, unknown outcomes, undos that fail, people, and a cancel. */
export const orders: readonly Order[] = [
  order("all is well"),
  order("sold out", { sku: "reserve=declined" }),
  order("the card is declined", { card: "authorise=declined" }),
  order("the charge is declined", { card: "capture=declined" }),
  order("the ledger refuses", { payee: "post=declined" }),
  order("the carrier refuses", { zone: "ship=declined" }),
  order("the hold's answer is lost after it happened", { card: "authorise=lost-after" }),
  order("the hold's answer comes too late, and it happened", { card: "authorise=late-after" }),
  order("the charge's answer is lost; asked, the provider says that it happened", { card: "capture=lost-after" }),
  order("the provider breaks twice, then works", { card: "capture=500x2" }),
  order("the network repeats the charge", { card: "capture=twice" }),
  order(
    "the refund fails; an officer does it by hand",
    { card: "refund=declined", zone: "ship=declined" },
    { acts: { "undo-capture": "by-hand", "undo-authorise": "try-again" } },
  ),
  order(
    "the goods cannot be put back; two officers write them off",
    { sku: "release=declined", card: "capture=declined" },
    { acts: { "undo-reserve-stock": "write-off", "off-reserve-stock": "write-off" } },
  ),
  order("cancelled while the carrier is awaited", { zone: "ship=pendingx3" }, { cancel: true }),
  order("over the limit, approved by an officer", {}, { minor: 750_000, acts: { "screening-review": "approve" } }),
  order("far over the limit, approved by two", {}, { minor: 2_500_000, acts: { "screening-review": "approve" } }),
  order(
    "as good as cash, rejected by an officer where the score leaves it open",
    {},
    { what: "Gift card", acts: { "screening-review": "reject" } },
  ),
];
