import { z } from "zod";
import { defineModule } from "../module.ts";
import { Code, log, Permission, place } from "./shapes.ts";

export const plainFunction = defineModule(
  "function",
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
  }),
);
