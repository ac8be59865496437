import { z } from "zod";
import { SagaOutcome } from "#compensation";
import { defineContract } from "#workflow";
import { Money } from "./money.ts";

const Party = z.strictObject({
  /** The account that the ledger knows. */
  account: z.string().min(1).max(100),
  /** Where to tell the outcome; nobody is told without it. */
  email: z.email().optional(),
});

/** A payment for an order: what `longhaul.payment.requested` carries. */
export const Payment = z
  .strictObject({
    orderId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "1 to 64 of letters, digits, dots, _ and -"),
    payer: Party.extend({ /** The provider's token: never a card's number. */ cardToken: z.string().min(1).max(200) }),
    payee: Party,
    amount: Money,
    lines: z
      .array(
        z.strictObject({
          sku: z.string().min(1).max(100),
          description: z.string().max(200),
          quantity: z.int().min(1).max(10_000),
          /** Of one piece, in the smallest unit of the amount's currency. */
          unitMinor: z.int().positive(),
        }),
      )
      .min(1)
      .max(200),
    shipTo: z.strictObject({ zone: z.string().min(1).max(100) }),
  })
  .refine(
    ({ lines, amount }) => lines.reduce((sum, line) => sum + line.quantity * line.unitMinor, 0) === amount.minor,
    {
      path: ["amount", "minor"],
      error: "the sum of the lines",
    },
  );
export type Payment = z.infer<typeof Payment>;

export const PaymentResult = z.strictObject({ orderId: z.string(), outcome: SagaOutcome });

/** Above the first an officer approves a payment, above the second two do; in the smallest unit, whatever the currency. */
export const LIMITS = { review: 500_000, fourEyes: 2_000_000 } as const;

/** How ordinary an odd payment looks, of 100: below the one it is rejected, above the other it goes on. */
export const bands = { rejectBelow: 15, approveAbove: 60 } as const;

const MODEL = "eu.anthropic.claude-sonnet-4-6";
const DAY = 86_400;

export const contract = defineContract({
  name: "payments",
  title: "Payment",
  triggers: [{ kind: "queue", eventType: "longhaul.payment.requested", businessKey: "orderId" }],
  input: Payment,
  result: PaymentResult,
  executionTimeoutSeconds: 60 * DAY,
  retentionDays: 90,
  function: { memoryMb: 512, timeoutSeconds: 120 },
  reviews: {
    "screening-review": {
      role: "compliance-officer",
      deadlineSeconds: 3 * DAY,
      onExpiry:
        "The payment is not made: an expired review is not an approval. The order can be sent again under a new id.",
    },
  },
  cancel: { role: "operator" },
  scoring: {
    model: { id: MODEL, price: { input: 3, output: 15 } },
    bands,
    margin: 4,
    deadlineMs: 60_000,
    maxDocumentTokens: 15_000,
    budget: { perExecution: 0.2, perDay: 20 },
    auditShare: 0,
  },
  permissions: {
    model: MODEL,
    read: ["payments/inputs/"],
    write: [],
    mail: true,
  },
  settings: ["LONGHAUL_PAYMENTS_URL"],
  budget: { operations: 60, bytes: 100_000 },
});
