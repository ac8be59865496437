import { z } from "zod";
import { defineModule } from "../module.ts";
import { place } from "./shapes.ts";

export const notifications = defineModule(
  "notifications",
  z.strictObject({
    name: z.string(),
    ...place,
    kms_key_arn: z.string(),
    mail_identity: z.string(),
    operator_addresses: z.array(z.string()).optional(),
    function_prefix: z.string(),
  }),
);
