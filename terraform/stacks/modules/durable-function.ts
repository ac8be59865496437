import { z } from "zod";
import { defineModule } from "../module.ts";
import { Code, log, Permission, place } from "./shapes.ts";

export const durableFunction = defineModule(
  "durable-function",
  z.strictObject({
    name: z.string(),
    ...place,
    code: Code,
    memory_mb: z.number(),
    timeout_seconds: z.number(),
    environment: z.record(z.string(), z.string()).optional(),
    permissions: z.array(Permission).optional(),
    environment_key_arn: z.string(),
    ...log,
    reserved_concurrency: z.number().optional(),
    execution_timeout_seconds: z.number(),
    retention_days: z.number(),
    queue_key_arn: z.string(),
    rollout: z.string().optional(),
    alarm_topic_arns: z.array(z.string()).optional(),
    alarm_thresholds: z.record(z.string(), z.number()).optional(),
    protect: z.boolean().optional(),
  }),
);
