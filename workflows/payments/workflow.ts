import { cancellable, concludeSaga, NothingHappenedError, type Saga, saga } from "#compensation";
import { defineWorkflow, step } from "#workflow";
import { createActivities } from "./activities.ts";
import { contract, type Payment } from "./contract.ts";
import { officer, screeningReview } from "./review.ts";
import type { Screening } from "./screening.ts";

const plan = ["screen", "reserve-stock", "authorise", "capture", "post", "ship"];

/** A payment for an order: screen it, take the money, move the goods; whatever fails, all of it is taken back. */
export const handler = defineWorkflow(contract, createActivities, async (ctx, payment, activities) => {
  const cancellation = await cancellable(ctx);

  const outcome = await saga(
    ctx,
    "payment",
    async (s) => {
      await approve(s, payment, await s.step("screen", activities.screen(payment)));
      const goods = await s.step("reserve-stock", activities.reserveStock(payment));
      const hold = await s.step("authorise", activities.authorise(payment));
      await s.step("capture", activities.capture(payment, hold));
      await s.step("post", activities.post(payment));

      let shipment = await s.step("ship", activities.ship(payment, goods));
      for (let look = 1; shipment.status === "pending" && look <= MOST_LOOKS; look++) {
        await s.wait(`collection ${look}`, { hours: 6 });
        shipment = await s.step(`look-${look}`, activities.lookAtShipment(shipment));
      }
      if (shipment.status === "pending") throw new NothingHappenedError("NOT_COLLECTED", "The carrier never came.");
    },
    { officer, cancellation, plan },
  );

  for (const whom of ["payer", "payee"] as const) {
    if (!payment[whom].email) continue;
    await step(ctx, `tell ${whom}`, () => activities.tell(whom, payment, outcome.status)).catch(() =>
      ctx.logger.error("A party could not be told by mail", { whom }),
    );
  }
  const { orderId } = payment;
  concludeSaga(outcome, { orderId });
  return { orderId, outcome };
});

const MOST_LOOKS = 8;

async function approve(s: Saga, payment: Payment, screening: Screening): Promise<void> {
  if (screening.verdict === "clear") return;
  const rejected = new NothingHappenedError("SCREENING_REJECTED", "The payment was not approved.");
  if (screening.verdict === "rejected") throw rejected;
  const { outcome } = await s.decide("screening-review", screeningReview(payment, screening));
  if (outcome !== "approved") throw rejected;
}
