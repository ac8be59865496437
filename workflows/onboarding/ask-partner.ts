import { type DurableContext, NestingType } from "@aws/durable-execution-sdk-js";
import { z } from "zod";
import { awaitExternal, ExternalCallError } from "#callbacks";
import { step } from "#workflow";
import type { Activities } from "./activities.ts";
import type { Hire } from "./hire.ts";

/** What a partner says when it is done; a background check also says whether it found nothing. */
const Done = z.strictObject({
  at: z.iso.datetime(),
  note: z.string().max(500).optional(),
  clear: z.boolean().optional(),
});
export type Done = z.infer<typeof Done>;

/**
 * Asks a partner and waits for its call, `seconds` at most; half-way it is reminded. Null where it is late, or failed. The reminder is
 * a timer beside the wait, named as a review's timers are: the console tells both in one sentence.
 */
export async function askPartner(
  ctx: DurableContext,
  call: string,
  { hire, seconds, activities }: { hire: Hire; seconds: number; activities: Activities },
): Promise<Done | null> {
  const both = await ctx.parallel<Done | null>(
    `${call} and its reminder`,
    [
      {
        name: `call of ${call}`,
        func: (child) =>
          awaitExternal(child, call, {
            timeout: { seconds },
            schema: Done,
            submit: (address) => activities.ask(call, hire, address),
          }).catch((error: unknown) => {
            if (!(error instanceof ExternalCallError)) throw error;
            return null;
          }),
      },
      {
        name: `reminder of ${call}`,
        func: async (child) => {
          await child.wait(`until remind 1 of ${call}`, { seconds: Math.ceil(seconds / 2) });
          const execution = ctx.executionContext.durableExecutionArn;
          await step(child, `remind of ${call}`, (signal) => activities.remind(call, hire, { execution, signal }));
          // It reminds, and ends nothing.
          return new Promise<never>(() => undefined);
        },
      },
    ],
    // The branches need no operation of their own: what they do is checkpointed, and so is which was first.
    { completionConfig: { minSuccessful: 1, toleratedFailureCount: 0 }, nesting: NestingType.FLAT },
  );
  both.throwIfError();
  return both.getResults()[0] ?? null;
}
