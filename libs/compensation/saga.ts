import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { parseExecutionArn } from "#executions";
import { undoAll } from "./backward.ts";
import type { Cancellation } from "./cancellable.ts";
import { SagaMisuseError } from "./errors.ts";
import { type Ask, askByReview, type Officer } from "./officer.ts";
import { type SagaOutcome, type SagaStatus, statusOf } from "./outcome.ts";
import { DEFAULT_POLICIES, type Policies } from "./policies.ts";
import { createRegistry } from "./registry.ts";
import { createScope, type Run, type Saga, settle } from "./scope.ts";

export interface SagaOptions {
  /** Who is asked about what could not be undone: by a review in the console, or by a way of their own in tests. */
  officer: Officer | { ask: Ask };
  cancellation?: Cancellation;
  /** The names of the steps, where the outcome shall also list those that were never reached. */
  plan?: readonly string[];
  policies?: Partial<Policies>;
}

export type Ended<T> = SagaOutcome & { result?: T };

/**
 * Runs actions that can be taken back. Each step's undo is registered by its place in the code before its action begins; an
 * action whose outcome is unknown is undone too. Undos run in exact reverse order, each durable, with its own key and
 * retries; one that fails stops nothing and goes to a person. Nothing is thrown: the outcome says it all.
 * @example
 * const outcome = await saga(ctx, "payment", async (s) => {
 *   const hold = await s.step("reserve-funds", {
 *     run: (key) => bank.reserve(key, amount),
 *     undo: (key, hold, { actionKey }) => bank.release(key, { hold, actionKey }),
 *   });
 * }, { officer });
 */
export async function saga<T>(
  ctx: DurableContext,
  name: string,
  body: (s: Saga) => Promise<T>,
  options: SagaOptions,
): Promise<Ended<T>> {
  const { officer, cancellation, plan = [] } = options;
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name))
    throw new SagaMisuseError(`Expected a saga's name of 1 to 31 of a-z, 0-9 and -, got ${JSON.stringify(name)}.`);
  const execution = parseExecutionArn(ctx.executionContext.durableExecutionArn)?.name ?? "unnamed";
  const registry = createRegistry(`${execution}.${name}`);
  const run: Run = {
    registry,
    policies: { ...DEFAULT_POLICIES, ...options.policies },
    ask: "ask" in officer ? officer.ask : askByReview(officer),
    cancellation,
    cancelled: false,
  };
  const scope = createScope(run, ctx, { started: registry.started });
  let result: T | undefined;
  const error = await settle(scope, async () => {
    result = await body(scope.saga);
  });
  const status = error ? await backward() : "completed";
  // What a metric filter counts: an execution's own status says only that it failed.
  ctx.logger[status === "completed" ? "info" : "warn"]("A saga has ended", { saga: name, status, code: error?.code });
  const outcome = { saga: name, status, steps: registry.reports(plan), error, cancelled: run.cancelled };
  return { ...outcome, ...(!error && result !== undefined && { result }) };

  async function backward(): Promise<SagaStatus> {
    if (run.pivot !== undefined) return "needs-person";
    await undoAll(ctx, registry.started, run);
    return statusOf(registry.reports([]));
  }
}
