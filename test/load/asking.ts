import { z } from "zod";
import { requestDecision } from "#callbacks";
import { defineContract, defineWorkflow } from "#workflow";

/** A workflow that asks one person and does nothing else: what is measured is the way of the decision. */
export const contract = defineContract({
  name: "asking",
  title: "Asking",
  triggers: [{ kind: "queue", eventType: "longhaul.asking.requested", businessKey: "id" }],
  input: z.strictObject({ id: z.string() }),
  result: z.strictObject({ reason: z.string() }),
  executionTimeoutSeconds: 4 * 86_400,
  retentionDays: 1,
  function: { memoryMb: 256, timeoutSeconds: 30 },
  reviews: { review: { role: "hr-reviewer", deadlineSeconds: 3 * 86_400, onExpiry: "It ends undecided." } },
  permissions: { read: ["asking/inputs/"], write: [], mail: true },
  budget: { operations: 10, bytes: 20_000 },
});

export const handler = defineWorkflow(
  contract,
  () => ({}),
  async (ctx) => {
    const { reason } = await requestDecision(ctx, "review", {
      review: { title: "A request", concern: "It is asked for.", facts: [] },
    });
    return { reason };
  },
);
