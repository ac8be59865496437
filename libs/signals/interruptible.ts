import { type DurableContext, NestingType } from "@aws/durable-execution-sdk-js";
import { type Received, type ReceiveOptions, receive, type SignalSchemas } from "./receive.ts";

/** A stage came to its end, or a signal came first. */
export type Interruptible<Result, Schemas extends SignalSchemas> =
  | { done: true; result: Result }
  | { done: false; signal: Received<Schemas> };

/**
 * Runs a stage until it ends or one of `signals` arrives, wherever the stage sleeps. An interrupted stage is left where it
 * is: its open waits answer nobody. What it had done stays done, so a stage that is run again must find it: by idempotency
 * keys, and by reviews and outside calls that keep their names. Four durable operations beside the stage's own.
 * @throws what the stage throws, its message alone (a child context keeps no more)
 */
export async function interruptible<Result, Schemas extends SignalSchemas>(
  ctx: DurableContext,
  name: string,
  options: Omit<ReceiveOptions<Schemas>, "until"> & { stage: (ctx: DurableContext) => Promise<Result> },
): Promise<Interruptible<Result, Schemas>> {
  const { stage, ...listening } = options;
  const both = await ctx.parallel<Interruptible<Result, Schemas>>(
    name,
    [
      { name: `stage ${name}`, func: async (child) => ({ done: true, result: await stage(child) }) },
      {
        name: `signals to ${name}`,
        func: async (child) => {
          const signal = await receive(child, `signal to ${name}`, listening);
          // Without an end of its own the wait ends by a signal alone.
          if (!signal) throw new Error(`The wait for a signal to ${JSON.stringify(name)} ended without one.`);
          return { done: false, signal };
        },
      },
    ],
    // The branches need no operation of their own: what they do is checkpointed, and so is which was first.
    { completionConfig: { minSuccessful: 1, toleratedFailureCount: 0 }, nesting: NestingType.FLAT },
  );
  both.throwIfError();
  const [first] = both.getResults();
  if (!first) throw new Error(`Neither the stage ${JSON.stringify(name)} nor a signal ended it.`);
  return first;
}
