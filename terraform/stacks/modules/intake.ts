import { z } from "zod";
import { defineModule } from "../module.ts";
import { Code, log, Permission, place } from "./shapes.ts";

export const intake = defineModule(
  "intake",
  z.strictObject({
    names: z.strictObject({
      queue: z.string(),
      dead_letters: z.string(),
      dispatcher: z.string(),
      function: z.string(),
    }),
    ...place,
    dispatcher: z.strictObject({
      code: Code,
      memory_mb: z.number(),
      timeout_seconds: z.number(),
      environment: z.record(z.string(), z.string()),
    }),
    permissions: z.array(Permission).optional(),
    bucket_arn: z.string().optional(),
    producer_arns: z.array(z.string()).optional(),
    retention_seconds: z.number().optional(),
    dead_letter_retention_seconds: z.number().optional(),
    visibility_timeout_seconds: z.number(),
    max_receive_count: z.number().optional(),
    batch_size: z.number().optional(),
    maximum_concurrency: z.number().optional(),
    reserved_concurrency: z.number().optional(),
    queue_key_arn: z.string(),
    environment_key_arn: z.string(),
    ...log,
  }),
);
