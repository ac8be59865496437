import type { SagaStatus } from "#compensation";
import type { Payment } from "./contract.ts";
import { formatMoney } from "./money.ts";

const SAYS: Record<SagaStatus, { subject: string; payer: string; payee: string }> = {
  completed: {
    subject: "was paid",
    payer: "We have taken the amount, and the goods are on their way.",
    payee: "The amount has been posted to your account, and the goods are on their way.",
  },
  compensated: {
    subject: "was not paid",
    payer: "Nothing is taken from you: what we had taken or held has been given back.",
    payee: "Nothing has been posted to your account: what had been posted was reversed.",
  },
  "partially-compensated": {
    subject: "was not completed",
    payer: "Not everything could be taken back. We will write to you about what is left.",
    payee: "Not everything could be taken back. We will write to you about what is left.",
  },
  "needs-person": {
    subject: "is being looked at",
    payer: "Something is left to be settled, and a person has to see to it. We will write to you.",
    payee: "Something is left to be settled, and a person has to see to it. We will write to you.",
  },
};

export function outcomeMail(whom: "payer" | "payee", { orderId, amount }: Payment, status: SagaStatus) {
  const says = SAYS[status];
  const subject = `Your order ${orderId} ${says.subject}`;
  return { subject, text: [`${subject}.`, `Amount: ${formatMoney(amount)}.`, says[whom]].join("\n\n") };
}
