import { z } from "zod";
import type { Call, UndoCall, Undone } from "#compensation";
import type { Payment } from "./contract.ts";
import type { Counterparty } from "./http.ts";
import type { PaymentProvider } from "./provider.ts";

const Done = z.object({ id: z.string() });
const Shipment = z.object({ id: z.string(), status: z.enum(["pending", "done"]) });
export type Shipment = z.infer<typeof Shipment>;
const TakenBack = z.object({ outcome: z.enum(["undone", "nothing-to-undo"]) });
const Found = z.discriminatedUnion("happened", [
  z.object({ happened: z.literal(true), id: z.string() }),
  z.object({ happened: z.literal(false) }),
]);

export type Counterparties = ReturnType<typeof createCounterparties>;

/** The outside of a payment, as the sandbox speaks: an adapter that a real counterparty's takes the place of. */
export function createCounterparties(http: Counterparty) {
  const takeBack = async (
    path: string,
    { key, trigger, call }: { key: string; trigger: string; call: UndoCall },
  ): Promise<Undone> => {
    const body = { actionKey: call.actionKey, trigger };
    return (await http.post(path, { key, body, answer: TakenBack, call })).outcome;
  };
  const find = async (key: string, call: Call) => {
    const found = await http.get(`effects/${encodeURIComponent(key)}`, { answer: Found, call });
    return found.happened ? { happened: true as const, result: { id: found.id } } : { happened: false as const };
  };

  const provider: PaymentProvider = {
    authorise: (key, { orderId, cardToken, amount }, call) =>
      http.post("provider/authorise", { key, body: { orderId, trigger: cardToken, ...amount }, answer: Done, call }),
    capture: (key, { orderId, cardToken, amount, authorisationKey }, call) =>
      http.post("provider/capture", {
        key,
        body: { orderId, trigger: cardToken, ...amount, basedOn: authorisationKey },
        answer: Done,
        call,
      }),
    void: (key, { cardToken }, call) => takeBack("provider/void", { key, trigger: cardToken, call }),
    refund: (key, { cardToken }, call) => takeBack("provider/refund", { key, trigger: cardToken, call }),
    find,
  };

  return {
    provider,
    stock: {
      reserve: (key: string, { orderId, lines, amount }: Payment, call: Call) =>
        http.post("stock/reserve", { key, body: { orderId, trigger: lines[0]?.sku, ...amount }, answer: Done, call }),
      release: (key: string, { lines }: Payment, call: UndoCall) =>
        takeBack("stock/release", { key, trigger: lines[0]?.sku ?? "", call }),
    },
    ledger: {
      /** Two lines that balance: what the payer owed no longer, the payee now has. */
      post: (key: string, { orderId, payer, payee, amount }: Payment, call: Call) => {
        const { minor, currency } = amount;
        const lines = [
          { account: payer.account, minor: -minor, currency },
          { account: payee.account, minor, currency },
        ];
        return http.post("ledger/post", {
          key,
          body: { orderId, trigger: payee.account, ...amount, lines },
          answer: Done,
          call,
        });
      },
      reverse: (key: string, { payee }: Payment, call: UndoCall) =>
        takeBack("ledger/reverse", { key, trigger: payee.account, call }),
      find,
    },
    carrier: {
      ship: (key: string, { orderId, shipTo, amount, goodsKey }: Payment & { goodsKey: string }, call: Call) =>
        http.post("carrier/ship", {
          key,
          body: { orderId, trigger: shipTo.zone, ...amount, basedOn: goodsKey },
          answer: Shipment,
          call,
        }),
      cancel: (key: string, { shipTo }: Payment, call: UndoCall) =>
        takeBack("carrier/cancel", { key, trigger: shipTo.zone, call }),
      look: (shipmentKey: string, call: Call) =>
        http.get(`shipments/${encodeURIComponent(shipmentKey)}`, { answer: Shipment, call }),
    },
  };
}
