import { z } from "zod";
import type { SagaOutcome, SagaStep } from "#compensation";
import { converse, createTable, readEnvironment, sendMail } from "#platform";
import { readerFromEnvironment } from "#reading";
import { countScore, createSpending, scoreDocument, scoringOf } from "#scoring";
import { contract, type Payment } from "./contract.ts";
import { createCounterparties, type Shipment } from "./counterparties.ts";
import { createCounterparty } from "./http.ts";
import { outcomeMail } from "./mail.ts";
import { formatMoney } from "./money.ts";
import { rubric } from "./rubric.ts";
import { describeOrder, type Screening, screenByRules, screenByScore } from "./screening.ts";

/** What a step has made at a counterparty: its id there, and the key that it was made under. */
type Made = { id: string; key: string };

/** Everything that the payments workflow does outside itself: each step of the saga with how it is taken back. */
export function createActivities() {
  const environment = readEnvironment({
    LONGHAUL_PAYMENTS_URL: z.url(),
    LONGHAUL_MAIL_FROM: z.email(),
    LONGHAUL_MODEL_ID: z.string().default(contract.permissions.model ?? ""),
    LONGHAUL_REVIEWS_TABLE: z.string().min(3),
  });
  const { provider, stock, ledger, carrier } = createCounterparties(
    createCounterparty(environment.LONGHAUL_PAYMENTS_URL),
  );
  const reader = readerFromEnvironment();
  const factsOf = ({ orderId, amount }: Payment) => ({ Order: orderId, Amount: formatMoney(amount) });

  return {
    /** By rules; what they find odd is judged by a model. */
    screen: (payment: Payment): SagaStep<Screening> => ({
      noUndo: "It only reads.",
      deadlineMs: 70_000,
      async run() {
        const screening = screenByRules(payment);
        if (screening.verdict !== "odd") return screening;
        const settings = scoringOf(contract, environment.LONGHAUL_MODEL_ID);
        const table = createTable(environment.LONGHAUL_REVIEWS_TABLE);
        const { perDay } = settings.budget;
        const score = await scoreDocument({
          converse,
          languagesOf: reader.languagesOf,
          settings,
          spending: createSpending({ table, workflow: contract.name, perDay }),
          rubric,
          document: describeOrder(payment),
          fields: z.object({}),
          metadata: { workflow: contract.name, rubric: rubric.version },
        });
        countScore(contract.name, score);
        return screenByScore(screening, score);
      },
    }),

    reserveStock: (payment: Payment): SagaStep<Made> => ({
      facts: factsOf(payment),
      run: async (key, call) => ({ ...(await stock.reserve(key, payment, call)), key }),
      undo: (key, _, call) => stock.release(key, payment, call),
    }),

    authorise: (payment: Payment): SagaStep<Made> => ({
      facts: factsOf(payment),
      async run(key, call) {
        const { orderId, amount, payer } = payment;
        return { ...(await provider.authorise(key, { orderId, amount, cardToken: payer.cardToken }, call)), key };
      },
      undo: (key, _, call) => provider.void(key, payment.payer, call),
    }),

    /** Asked about where its outcome is unknown: a charge that happened goes on, and is not given back for a lost answer. */
    capture: (payment: Payment, hold: Made): SagaStep<Made> => ({
      facts: factsOf(payment),
      async run(key, call) {
        const { orderId, amount, payer } = payment;
        const request = { orderId, amount, cardToken: payer.cardToken, authorisationKey: hold.key };
        return { ...(await provider.capture(key, request, call)), key };
      },
      undo: (key, _, call) => provider.refund(key, payment.payer, call),
      async check(key, call) {
        const found = await provider.find(key, call);
        return found.happened ? { happened: true, result: { ...found.result, key } } : found;
      },
    }),

    post: (payment: Payment): SagaStep<Made> => ({
      facts: factsOf(payment),
      run: async (key, call) => ({ ...(await ledger.post(key, payment, call)), key }),
      undo: (key, _, call) => ledger.reverse(key, payment, call),
    }),

    ship: (payment: Payment, goods: Made): SagaStep<Shipment & Made> => ({
      facts: factsOf(payment),
      run: async (key, call) => ({ ...(await carrier.ship(key, { ...payment, goodsKey: goods.key }, call)), key }),
      undo: (key, _, call) => carrier.cancel(key, payment, call),
    }),

    lookAtShipment: ({ key }: Made): SagaStep<Shipment & Made> => ({
      noUndo: "It only looks.",
      run: async (_, call) => ({ ...(await carrier.look(key, call)), key }),
    }),

    /** Tells one of the two how it ended. A mail that cannot be sent changes nothing of the payment. */
    async tell(whom: "payer" | "payee", payment: Payment, status: SagaOutcome["status"]): Promise<{ told: boolean }> {
      const { email } = payment[whom];
      if (!email) return { told: false };
      await sendMail({ from: environment.LONGHAUL_MAIL_FROM, to: [email], ...outcomeMail(whom, payment, status) });
      return { told: true };
    },
  };
}
