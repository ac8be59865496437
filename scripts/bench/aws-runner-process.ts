import { LocalDurableTestRunner, WaitingOperationStatus } from "@aws/durable-execution-sdk-js-testing";
import { serve } from "./child.ts";
import { handler } from "./workflow.ts";

// The runner's process, for it changes its process's timers.
export type RunnerRequest = { run: number } | { awaitCallback: true } | { answer: number };

const ready = LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
const answers: (() => Promise<void>)[] = [];

serve(async (request: RunnerRequest) => {
  await ready;
  if ("answer" in request) return answers[request.answer]?.();
  const runner = new LocalDurableTestRunner({ handlerFunction: handler });
  if ("run" in request) {
    const result = (await runner.run({ payload: { steps: request.run } })).getResult();
    if (result !== request.run) throw new Error(`Expected ${request.run}, got ${JSON.stringify(result)}`);
    return undefined;
  }
  const result = runner.run({ payload: { callback: true } });
  const callback = await runner.getOperation("answer").waitForData(WaitingOperationStatus.STARTED);
  answers.push(async () => {
    await callback.sendCallbackSuccess("yes");
    const given = (await result).getResult();
    if (given !== "yes") throw new Error(`Expected "yes", got ${JSON.stringify(given)}`);
  });
  return answers.length - 1;
});
