import { z } from "zod";
import { defineModule } from "../module.ts";

export const documents = defineModule(
  "documents",
  z.strictObject({
    name: z.string(),
    kms_key_arn: z.string(),
    notifications: z.array(z.strictObject({ id: z.string(), queue_arn: z.string(), prefix: z.string() })).optional(),
    expiries: z.array(z.strictObject({ prefix: z.string(), days: z.number() })).optional(),
    noncurrent_days: z.number().optional(),
    access_log_bucket: z.string().optional(),
    protect: z.boolean().optional(),
  }),
);
