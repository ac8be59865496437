import type { DurableTransport, InvocationEnd } from "../core/ports.ts";
import { WireError } from "../core/wire-error.ts";
import { checkpoint, getState } from "./checkpoint.ts";
import type { EngineContext } from "./context.ts";
import type { Change } from "./execution.ts";
import { type Begun, beginInvocation, endInvocation } from "./invocation.ts";

/** How many executions may be invoked at a time; the others that are due wait in line, on disk. */
const MOST_AT_ONCE = 256;
const AGAIN_MS = 1_000;

export type Runner = ReturnType<typeof createRunner>;

/** Invokes handlers: one invocation of an execution at a time, again while it is due, until it sleeps or ends. */
export function createRunner(context: EngineContext) {
  const { transactions, functions } = context;
  const { activity } = context.clock;
  const line = new Set<string>();
  let running = 0;
  let called = 0;
  let held = false;

  /** Within a transaction: an execution that is due begins at once, or waits in line. */
  const settle = (change: Change) => {
    const { record } = change.execution;
    if (record.status !== "RUNNING" || !record.due || record.invocation) return;
    const { arn } = record;
    if (held || running >= MOST_AT_ONCE || context.closed) {
      transactions.afterCommit(() => line.add(arn));
      return;
    }
    const begun = beginInvocation(context, change);
    if (!begun) return;
    running += 1;
    const ended = activity.begin();
    transactions.afterRollback(() => {
      running -= 1;
      ended();
    });
    transactions.afterCommit(() => void run(arn, begun).finally(ended));
  };

  const run = async (arn: string, begun: Begun) => {
    const end = await patiently(() => invoke(arn, begun));
    if (end) {
      const { requestId } = begun;
      await patiently(() => transactions.change(arn, (change) => endInvocation(context, change, { requestId, end })));
    }
    running -= 1;
    next();
  };

  const invoke = (arn: string, { version, requestId, event, tenantId }: Begun): Promise<InvocationEnd> => {
    const transport: DurableTransport = {
      checkpoint: (request) => checkpoint(context, arn, request),
      getExecutionState: async (request) => getState(context, arn, request),
    };
    const durable = { executionArn: arn, transport };
    return functions.invoke(version, { requestId, event, durable, ...(tenantId !== undefined && { tenantId }) });
  };

  /** What cannot be done now (a full disk) is tried again until it can be, or the process ends. */
  const patiently = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    while (!context.closed) {
      try {
        return await work();
      } catch (error) {
        // The execution is gone.
        if (error instanceof WireError || context.closed) return undefined;
        console.error(error);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
      }
    }
    return undefined;
  };

  const next = () => {
    for (const arn of line) {
      if (held || context.closed || running + called >= MOST_AT_ONCE) return;
      line.delete(arn);
      void call(arn);
    }
  };

  const call = async (arn: string) => {
    called += 1;
    const ended = activity.begin();
    // A change of nothing settles.
    await patiently(() => transactions.change(arn, () => undefined));
    called -= 1;
    ended();
  };

  return {
    settle,
    /** Keeps invocations from beginning until it is released. */
    hold() {
      held = true;
    },
    /** Lets go on, with these executions too. */
    release(due: readonly string[]) {
      held = false;
      for (const arn of due) line.add(arn);
      next();
    },
    stats: () => ({ invoked: running, waiting: line.size + called }),
  };
}
