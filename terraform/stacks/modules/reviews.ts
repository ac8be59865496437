import { z } from "zod";
import { defineModule } from "../module.ts";
import { Code, log, Permission, place } from "./shapes.ts";

const Index = z.strictObject({ partition_key: z.string(), sort_key: z.string(), keys_only: z.boolean().optional() });

export const reviews = defineModule(
  "reviews",
  z.strictObject({
    tables: z.record(
      z.string(),
      z.strictObject({
        partition_key: z.string(),
        sort_key: z.string().optional(),
        indexes: z.record(z.string(), Index).optional(),
      }),
    ),
    ...place,
    kms_key_arn: z.string(),
    ttl_attribute: z.string().optional(),
    deletion_protection: z.boolean().optional(),
    protect: z.boolean().optional(),
    sweeper: z.strictObject({
      name: z.string(),
      code: Code,
      memory_mb: z.number(),
      timeout_seconds: z.number(),
      environment: z.record(z.string(), z.string()),
      permissions: z.array(Permission),
    }),
    sweep_every: z.string().optional(),
    sweeper_concurrency: z.number().optional(),
    ...log,
  }),
);
