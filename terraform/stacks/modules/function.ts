import { z } from "zod";
import { defineModule } from "../module.ts";
import { Durable, FunctionVariables } from "./shapes.ts";

export const plainFunction = defineModule(
  "function",
  z.strictObject({
    ...FunctionVariables.shape,
    durable: Durable.optional(),
    dead_letter_arn: z.string().optional(),
  }),
);
