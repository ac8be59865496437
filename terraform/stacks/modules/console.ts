import { z } from "zod";
import { defineModule } from "../module.ts";
import { FunctionVariables } from "./shapes.ts";

export const console = defineModule(
  "console",
  z.strictObject({
    function: FunctionVariables,
    kms_key_arn: z.string(),
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
