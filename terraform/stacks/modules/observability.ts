import { z } from "zod";
import { defineModule } from "../module.ts";

/** From where it is an alarm; the module's own figures where one is not given. */
export const Limits = z.strictObject({
  oldest_message_seconds: z.number().optional(),
  operations: z.number().optional(),
  bytes: z.number().optional(),
  utilisation_percent: z.number().optional(),
  model_throttles: z.number().optional(),
  model_tokens_per_hour: z.number().optional(),
});

export const observability = defineModule(
  "observability",
  z.strictObject({
    name: z.string(),
    region: z.string(),
    topic_arn: z.string(),
    workflows: z.record(
      z.string(),
      z.strictObject({
        function: z.string(),
        queue: z.string(),
        dead_letters: z.string(),
        failures: z.string(),
        oldest_review_seconds: z.number(),
      }),
    ),
    functions: z.record(z.string(), z.string()),
    undelivered_queue: z.string(),
    limits: Limits.optional(),
    budget_usd_per_month: z.number(),
  }),
);
