import { z } from "zod";
import { defineModule } from "../module.ts";
import { Code, log, Permission, place } from "./shapes.ts";

export const console = defineModule(
  "console",
  z.strictObject({
    name: z.string(),
    ...place,
    code: Code,
    memory_mb: z.number(),
    timeout_seconds: z.number(),
    environment: z.record(z.string(), z.string()).optional(),
    permissions: z.array(Permission).optional(),
    kms_key_arn: z.string(),
    ...log,
    reserved_concurrency: z.number().optional(),
    openid: z
      .strictObject({
        issuer: z.string(),
        client_id: z.string(),
        audience: z.string(),
        groups_claim: z.string(),
        scope: z.string(),
      })
      .optional(),
    cognito: z.strictObject({ domain_prefix: z.string() }).optional(),
    roles: z.array(z.string()).optional(),
    domain: z.strictObject({ name: z.string(), certificate_arn: z.string(), zone_id: z.string() }).optional(),
    throttling: z.strictObject({ per_second: z.number(), burst: z.number() }).optional(),
    protect: z.boolean().optional(),
  }),
);
