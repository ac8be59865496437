import { names } from "#deployment";
import { BEGIN } from "../../../scripts/history/record.ts";
import type { Path, Running, World } from "../../../scripts/history/world.ts";
import { answerAt } from "../../../test/support/scripted-model.ts";
import type { Payment } from "../contract.ts";
import { rubric } from "../rubric.ts";

const by = { subject: "clara", name: "Clara Conte" };

/** An order whose outside behaves as its triggers say; see the sandbox. */
const order = (id: string, { card = "", zone = "", minor = 1_500 } = {}) => ({
  input: (): Payment => ({
    orderId: `recorded-${id}`,
    payer: { account: "customer", cardToken: `card:${card}` },
    payee: { account: "shop:" },
    amount: { minor, currency: "EUR" },
    lines: [{ sku: "lamp:", description: "Desk lamp", quantity: 3, unitMinor: minor / 3 }],
    shipTo: { zone: `north:${zone}` },
  }),
});

/** An order that the rules find odd; the model finds it this ordinary. */
const odd = (id: string, level: number) => {
  const { input } = order(id);
  return ({ script }: World): Payment => {
    script.next = { text: answerAt(rubric, level) };
    const payment = input();
    return { ...payment, lines: payment.lines.map((line) => ({ ...line, description: "Gift card" })) };
  };
};

/** The workflow has spent its day's budget for models: nothing is asked any more that day. */
const spent = ({ dynamodb }: World) =>
  dynamodb.putItem({
    TableName: names.reviews,
    Item: { case: { S: "spending-payments" }, entry: { S: BEGIN.slice(0, 10) }, dollars: { N: "1000" } },
  });

const decide =
  (outcome: "approved" | "rejected", option?: string) =>
  async ({ reviews, execution }: Running): Promise<boolean> => {
    const open = (await reviews.ofCase(execution)).filter(({ status }) => status === "open");
    const roles = ["compliance-officer"];
    const answers = { evidence: "Bank transfer 4711" };
    const how = option ? { option, answers } : {};
    for (const { id } of open) await reviews.decide(id, { outcome, reason: "As the record says.", by, roles, ...how });
    return open.length > 0;
  };

export const paths: Readonly<Record<string, Path>> = {
  paid: order("paid"),
  "charge-declined": order("charge", { card: "capture=declined" }),
  "charge-lost-and-found": order("lost", { card: "capture=lost-after" }),
  "carrier-refuses": order("carrier", { zone: "ship=declined" }),
  "carrier-takes-two-looks": order("looks", { zone: "ship=pendingx2" }),
  "approved-by-an-officer": { ...order("officer", { minor: 750_000 }), meanwhile: decide("approved") },
  "rejected-by-an-officer": { ...order("rejected", { minor: 750_000 }), meanwhile: decide("rejected") },
  "refund-by-hand": {
    ...order("refund", { card: "refund=declined", zone: "ship=declined" }),
    meanwhile: decide("approved", "by-hand"),
  },
  "ordinary-to-the-model": { input: odd("ordinary", 95) },
  // The last one: what it spends stays spent.
  "odd-over-the-days-budget": {
    async input(world) {
      await spent(world);
      return odd("budget", 95)(world);
    },
    meanwhile: decide("rejected"),
  },
};
