import type { DecisionRequest } from "#callbacks";
import type { Officer } from "#compensation";
import { contract, type Payment } from "./contract.ts";
import { formatMoney } from "./money.ts";
import type { Screening } from "./screening.ts";

/** What an officer is asked before a payment begins; above the second limit two must agree. */
export function screeningReview(
  { orderId, amount, lines }: Payment,
  { reasons, fourEyes }: Screening,
): DecisionRequest {
  return {
    review: {
      title: "Payment to approve",
      subject: `Order ${orderId}`,
      concern: reasons.join(" "),
      facts: [
        { label: "Amount", value: formatMoney(amount) },
        ...lines.slice(0, 20).map(({ description, quantity }) => ({ label: `${quantity} pieces`, value: description })),
      ],
      ...(fourEyes && { quorum: 2 }),
    },
  };
}

/** Who settles by hand what could not be undone. */
export const officer: Officer = {
  workflow: contract.name,
  role: "compliance-officer",
  deadlineSeconds: 14 * 86_400,
};
