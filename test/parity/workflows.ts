import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";

// The same workflows run on AWS's local test runner and, bundled, on the local cloud.

type Workflow = (input: { n: number }, context: DurableContext) => Promise<unknown>;
/** Counts in a file, since attempts may run in different processes; forgets it at the last. */
function attemptOf(execution: string, last: number): number {
  const file = join(tmpdir(), `longhaul-parity-${createHash("sha256").update(execution).digest("hex")}`);
  appendFileSync(file, ".");
  const made = readFileSync(file).length;
  if (made === last) rmSync(file);
  return made;
}
const once = { retryStrategy: () => ({ shouldRetry: false }) };

const workflows = {
  steps: async ({ n }, context) => {
    const one = await context.step("one", async () => n);
    return one + (await context.step("two", async () => 2));
  },
  nameless: async (_, context) => context.step(async () => "no name"),
  failedStep: async (_, context) => {
    try {
      await context.step("boom", async () => Promise.reject(new RangeError("broken")), once);
    } catch (error) {
      return { caught: error instanceof Error && error.name };
    }
  },
  fails: async (_, context) => {
    await context.step("boom", async () => Promise.reject(new RangeError("broken")), once);
  },
  throws: async () => Promise.reject(new TypeError("no step at all")),
  retried: async (_, context) =>
    context.step(
      "flaky",
      async () => {
        const attempt = attemptOf(context.executionContext.durableExecutionArn, 3);
        if (attempt < 3) throw new Error("not yet");
        return attempt;
      },
      { retryStrategy: (_error, attempt) => ({ shouldRetry: attempt < 5, delay: { seconds: 1 } }) },
    ),
  waits: async (_, context) => {
    await context.wait("a while", { seconds: 1 });
    return context.step("after", async () => "awake");
  },
  child: async ({ n }, context) =>
    context.runInChildContext("outer", async (outer) => {
      const one = await outer.step("in outer", async () => n);
      return outer.runInChildContext("inner", async (inner) => inner.step("in inner", async () => one * 2));
    }),
  failedChild: async (_, context) => {
    try {
      await context.runInChildContext("outer", async (outer) => {
        await outer.step("boom", async () => Promise.reject(new Error("broken")), once);
      });
    } catch (error) {
      return error instanceof Error && error.name;
    }
  },
  parallel: async (_, context) => {
    const all = await context.parallel("both", [
      async (branch) => branch.step("left", async () => 1),
      async (branch) => branch.step("right", async () => 2),
    ]);
    return all.getResults();
  },
  mapped: async (_, context) => {
    const all = await context.map("each", [1, 2, 3], async (item, value) => item.step("times", async () => value * 10));
    return all.getResults();
  },
  polled: async (_, context) =>
    context.waitForCondition("until three", async (state: number) => state + 1, {
      initialState: 0,
      waitStrategy: (state) =>
        state < 3 ? { shouldContinue: true, delay: { seconds: 1 } } : { shouldContinue: false },
    }),
  timedOut: async (_, context) => {
    const [answer] = await context.createCallback("decide", { timeout: { seconds: 1 } });
    try {
      return await answer;
    } catch (error) {
      return error instanceof Error && error.name;
    }
  },
  submitted: async (_, context) => {
    try {
      return await context.waitForCallback("ask", async () => undefined, { timeout: { seconds: 1 } });
    } catch (error) {
      return error instanceof Error && error.name;
    }
  },
  invokes: async ({ n }, context) => context.invoke("call", "callee:live", { n }),
  promises: async (_, context) =>
    context.promise.all("all", [context.step("a", async () => 1), context.step("b", async () => 2)]),
} satisfies Record<string, Workflow>;

export type WorkflowName = keyof typeof workflows;
export const workflowNames = Object.keys(workflows) as WorkflowName[];
export const handlerOf = (name: WorkflowName) => withDurableExecution<{ n: number }, unknown>(workflows[name]);
export const callee = withDurableExecution<{ n: number }, unknown>(async ({ n }, context) =>
  context.step("times ten", async () => n * 10),
);
