import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";

/** What an execution has behind it when it sleeps: operations, and bytes of each one's result. */
export interface Past {
  operations: number;
  bytesEach: number;
}

/** What every engine is given to do: so many steps, a wait for a callback, or a day of sleep, with a past or without. */
export type Work = { steps: number } | { callback: true } | { asleep: true; past?: Past };

/** The answer of the last step, of the callback, or of the morning. */
export const handler = withDurableExecution(async (work: Work, context: DurableContext): Promise<unknown> => {
  if ("steps" in work) {
    let sum = 0;
    for (let step = 1; step <= work.steps; step += 1) sum += await context.step(`step-${step}`, async () => 1);
    return sum;
  }
  if ("asleep" in work) {
    const { operations = 0, bytesEach = 0 } = work.past ?? {};
    for (let step = 1; step <= operations; step += 1)
      await context.step(`step-${step}`, async () => "x".repeat(bytesEach));
    return context.wait({ days: 1 });
  }
  const [answer] = await context.createCallback("answer");
  return answer;
});
