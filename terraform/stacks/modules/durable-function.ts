import { z } from "zod";
import { defineModule } from "../module.ts";
import { Durable, FunctionVariables } from "./shapes.ts";

export const durableFunction = defineModule(
  "durable-function",
  z.strictObject({
    function: z.strictObject({ ...FunctionVariables.shape, durable: Durable }),
    queue_key_arn: z.string(),
    rollout: z.string().optional(),
    alarm_topic_arns: z.array(z.string()).optional(),
    alarm_thresholds: z.record(z.string(), z.number()).optional(),
    protect: z.boolean().optional(),
  }),
);
