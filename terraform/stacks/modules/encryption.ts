import { z } from "zod";
import { defineModule } from "../module.ts";

export const encryption = defineModule(
  "encryption",
  z.strictObject({
    name: z.string(),
    description: z.string(),
    account_id: z.string(),
    services: z.array(z.string()).optional(),
    log_region: z.string().optional(),
    rotation_days: z.number().optional(),
  }),
);
