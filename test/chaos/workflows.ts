import { appendFileSync } from "node:fs";
import { type DurableContext, StepSemantics, withDurableExecution } from "@aws/durable-execution-sdk-js";

// What the chaos test runs. Each side effect, and each step whose checkpoint was acknowledged, goes to a ledger outside.

type Line = { act: "effect" | "acknowledged"; execution: string; step: string };
const tell = (line: Line) => appendFileSync(process.env.LEDGER ?? "", `${JSON.stringify(line)}\n`);
const soon = (_: unknown, attempt: number) => ({ shouldRetry: attempt < 30, delay: { seconds: 1 } });

/** A step whose effect is in the ledger; back from it, its checkpoint was acknowledged. */
async function step<T>(ctx: DurableContext, name: string, value: T, execution: string): Promise<T> {
  const effect = async () => {
    tell({ act: "effect", execution, step: name });
    return value;
  };
  const result = await ctx.step(name, effect, { retryStrategy: soon });
  tell({ act: "acknowledged", execution, step: name });
  return result;
}

type Workflow = (ctx: DurableContext, execution: string) => Promise<unknown>;

export const workflows = {
  steps: async (ctx, execution) => {
    let sum = 0;
    for (const n of [1, 2, 3, 4, 5]) sum += await step(ctx, `step-${n}`, n, execution);
    return sum;
  },
  once: async (ctx, execution) => {
    const effect = async () => {
      tell({ act: "effect", execution, step: "at-most-once" });
      return "done";
    };
    const options = { semantics: StepSemantics.AtMostOncePerRetry, retryStrategy: () => ({ shouldRetry: false }) };
    // Interrupted: whether it happened is unknown, and it is not tried again.
    const outcome = await ctx.step("at-most-once", effect, options).catch(() => "unknown");
    return [outcome, await step(ctx, "after", 1, execution)].length;
  },
  waits: async (ctx, execution) => {
    for (const n of [1, 2]) {
      await ctx.wait(`wait-${n}`, { seconds: 1 });
      await step(ctx, `after-${n}`, n, execution);
    }
    return "awake";
  },
  retries: async (ctx, execution) => {
    await step(ctx, "before", 1, execution);
    const flaky = async () => {
      tell({ act: "effect", execution, step: "flaky" });
      if (Math.random() < 0.5) throw new Error("not yet");
      return "at last";
    };
    return ctx.step("flaky", flaky, { retryStrategy: soon });
  },
  callback: async (ctx, execution) => {
    const [answer] = await ctx.createCallback("decide", { timeout: { hours: 1 } });
    const given = await answer;
    await step(ctx, "decided", given, execution);
    return given;
  },
  unanswered: async (ctx, execution) => {
    const [answer] = await ctx.createCallback("ignored", { timeout: { seconds: 2 } });
    const end = await answer.catch((error: unknown) => error instanceof Error && error.name);
    await step(ctx, "gave up", 1, execution);
    return end;
  },
  branches: async (ctx, execution) => {
    const all = await ctx.parallel("both", [
      async (branch) => step(branch, "left", 1, execution),
      async (branch) => {
        await branch.wait("pause", { seconds: 1 });
        return step(branch, "right", 2, execution);
      },
    ]);
    all.throwIfError();
    return all.getResults();
  },
  mapped: async (ctx, execution) => {
    const all = await ctx.map("each", [1, 2, 3], async (item, n) => step(item, `item-${n}`, n * 10, execution));
    all.throwIfError();
    return all.getResults();
  },
  polls: async (ctx) =>
    ctx.waitForCondition("until two", async (state: number) => state + 1, {
      initialState: 0,
      waitStrategy: (state) =>
        state < 2 ? { shouldContinue: true, delay: { seconds: 1 } } : { shouldContinue: false },
    }),
  invokes: async (ctx, execution) => {
    const child = await ctx.invoke("child", "child:live", { execution });
    const plain = await ctx.invoke("plain", "plain:live", { execution });
    await step(ctx, "joined", 1, execution);
    return { child, plain };
  },
  crashes: async (ctx, execution) => {
    await step(ctx, "before", 1, execution);
    if (Math.random() < 0.5) process.exit(1);
    await step(ctx, "after", 2, execution);
    return "survived";
  },
} satisfies Record<string, Workflow>;

export type Kind = keyof typeof workflows;
export const kinds = Object.keys(workflows) as Kind[];

/** What each kind comes to, whatever was killed meanwhile; a callback comes to what it was answered. */
export const RESULTS: Readonly<Record<Exclude<Kind, "callback">, unknown>> = {
  steps: 15,
  once: 2,
  waits: "awake",
  retries: "at last",
  unanswered: "CallbackTimeoutError",
  branches: [1, 2],
  mapped: [10, 20, 30],
  polls: 2,
  invokes: { child: "child of it", plain: "plain" },
  crashes: "survived",
};

export const handler = withDurableExecution(({ kind, execution }: { kind: Kind; execution: string }, ctx) =>
  (workflows[kind] as Workflow)(ctx, execution),
);
export const child = withDurableExecution(({ execution }: { execution: string }, ctx) =>
  step(ctx, "in child", "child of it", execution),
);
export const plain = async ({ execution }: { execution: string }) => {
  tell({ act: "effect", execution, step: "plain" });
  return "plain";
};
