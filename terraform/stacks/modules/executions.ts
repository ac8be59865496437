import { z } from "zod";
import { defineModule } from "../module.ts";
import { Code, log, Permission, place } from "./shapes.ts";

export const executions = defineModule(
  "executions",
  z.strictObject({
    names: z.strictObject({ queue: z.string(), dead_letters: z.string() }),
    ...place,
    function_prefix: z.string(),
    indexer: z.strictObject({
      name: z.string(),
      code: Code,
      memory_mb: z.number(),
      timeout_seconds: z.number(),
      environment: z.record(z.string(), z.string()),
      permissions: z.array(Permission),
    }),
    batch_size: z.number().optional(),
    batch_window_seconds: z.number().optional(),
    maximum_concurrency: z.number().optional(),
    reserved_concurrency: z.number().optional(),
    repair_every: z.string().optional(),
    retention_seconds: z.number().optional(),
    visibility_timeout_seconds: z.number(),
    max_receive_count: z.number().optional(),
    queue_key_arn: z.string(),
    environment_key_arn: z.string(),
    ...log,
  }),
);
