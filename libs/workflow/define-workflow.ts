import { type DurableContext, type DurableLambdaHandler, withDurableExecution } from "@aws/durable-execution-sdk-js";
import { z } from "zod";
import { type Continued, isContinued } from "./continuation/continue-as.ts";
import { openPart } from "./continuation/part.ts";
import type { Contract } from "./contract.ts";
import { createDurableLogger } from "./durable-logger.ts";
import { InvalidInputError, InvalidResultError } from "./errors.ts";
import { guardClient } from "./guarded-client.ts";
import { resolveInput } from "./input-reference.ts";
import { takeOver } from "./rerun/take-over.ts";
import { setContract } from "./running.ts";
import { tracing } from "./tracing/plugin.ts";

/**
 * Makes a workflow's Lambda handler: input and result are checked by the contract, checkpoints go by the guarded
 * client, logs carry the execution, and traces where a collector is configured. `createActivities` runs at most once per function instance, when first needed.
 * @example export const handler = defineWorkflow(contract, createActivities, async (ctx, input, activities) => { … });
 */
export function defineWorkflow<Input extends z.ZodType, Result extends z.ZodType, Activities>(
  contract: Contract<Input, Result>,
  createActivities: () => Activities,
  body: (ctx: DurableContext, input: z.output<Input>, activities: Activities) => Promise<z.input<Result> | Continued>,
): DurableLambdaHandler {
  let activities: Activities | undefined;
  return withDurableExecution(
    async (event: unknown, ctx: DurableContext) => {
      ctx.configureLogger({ customLogger: createDurableLogger(contract.name), modeAware: true });
      const rerun = takeOver(ctx, event);
      const input = contract.input.safeParse(await resolveInput(openPart(ctx, rerun.event)));
      if (!input.success) throw new InvalidInputError(contract.name, z.prettifyError(input.error));
      setContract(ctx, contract);
      activities ??= createActivities();
      const ended = await body(ctx, input.data, activities);
      rerun.finish();
      if (isContinued(ended)) return ended;
      const result = contract.result.safeParse(ended);
      if (!result.success) throw new InvalidResultError(contract.name, z.prettifyError(result.error));
      return result.data;
    },
    { durableExecutionClient: guardClient(), plugins: tracing(contract.name) },
  );
}
