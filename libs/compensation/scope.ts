import type { DurableContext, Duration } from "@aws/durable-execution-sdk-js";
import type { Decision, DecisionRequest } from "#callbacks";
import type { Json } from "#workflow";
import { type Attempted, attempt, describe } from "./attempt.ts";
import type { Cancellation } from "./cancellable.ts";
import { decideUnlessCancelled } from "./decide.ts";
import { SagaMisuseError, SagaStoppedError } from "./errors.ts";
import type { Ask } from "./officer.ts";
import type { SagaError, SagaOutcome } from "./outcome.ts";
import { askAboutStep } from "./person.ts";
import { ONCE, type Policies } from "./policies.ts";
import { type createRegistry, type Entry, type Started, suffix } from "./registry.ts";
import type { Checked, SagaStep } from "./spec.ts";

/** What a saga's body works with, in place of the context. */
export interface Saga {
  /**
   * Does one thing that can be taken back, or says why not. Its name is static, and unique in the saga.
   * @throws SagaStoppedError where it did not succeed; the saga is undone when the body ends
   */
  step<T extends Json>(name: string, spec: SagaStep<T>): Promise<T>;
  /**
   * Runs branches at once, each a sequence of its own. All run to their end, also where one stops: a step that is under way
   * cannot be forgotten. Undone as one: the branches at once, each in reverse; with `undo: "in-turn"` one branch after another,
   * the last one first.
   */
  parallel<R extends Readonly<Record<string, unknown>>>(
    name: string,
    branches: { [K in keyof R]: (s: Saga) => Promise<R[K]> },
    options?: { undo?: "at-once" | "in-turn" },
  ): Promise<R>;
  /**
   * Asks a person, as `requestDecision` does. A cancel ends the question: the review is withdrawn and the saga stops.
   * @throws SagaStoppedError where it was cancelled
   */
  decide(name: string, request: DecisionRequest): Promise<Decision>;
  /** Sleeps; a cancel ends the sleep, and the next step then does not begin. */
  wait(name: string, duration: Duration): Promise<void>;
}

/** What the scopes of one saga share. */
export interface Run {
  registry: ReturnType<typeof createRegistry>;
  policies: Policies;
  ask: Ask;
  cancellation: Cancellation | undefined;
  /** The name of the step after which nothing is taken back. */
  pivot?: string;
  cancelled: boolean;
}

export interface Scope {
  saga: Saga;
  /** Waits for what is under way and refuses what comes later. Answers why the scope stopped, if it did. */
  close(): Promise<SagaOutcome["error"]>;
}

/** One sequence: one thing at a time, and nothing after the first that did not succeed. */
export function createScope(
  run: Run,
  ctx: DurableContext,
  { started, path = [] }: { started: Started[]; path?: string[] },
): Scope {
  let busy: Promise<unknown> | undefined;
  let stopped: SagaOutcome["error"] = null;
  let closed = false;

  const stop = (step: string | null, error: SagaError): never => {
    stopped ??= { step, ...error };
    throw new SagaStoppedError(stopped.step ?? step ?? "");
  };
  /** Whatever the body does with the promise, the scope knows of it. */
  const alone = <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (closed)
      throw new SagaMisuseError(`${name} was begun after the saga's body had ended: a promise was not awaited.`);
    if (busy)
      throw new SagaMisuseError(`${name} was begun beside another step: use s.parallel, whose branches have names.`);
    if (stopped) throw new SagaStoppedError(stopped.step ?? name);
    const working = work().finally(() => {
      busy = undefined;
    });
    busy = working.catch(() => undefined);
    return working;
  };

  const forward = async <T extends Json>(entry: Entry, spec: SagaStep<T>, round: number): Promise<Attempted<T>> => {
    const { report } = entry;
    const deadlineMs = spec.deadlineMs ?? run.policies.deadlineMs;
    const name = `${report.name}${suffix(round)}`;
    const tried = await attempt<T>(ctx, name, {
      work: (call) => spec.run(report.key, call),
      retries: spec.once ? ONCE : run.policies.forward,
      deadlineMs,
      cancelled: run.pivot === undefined ? run.cancellation?.requested : undefined,
    });
    const { check } = spec;
    if (tried.outcome === "done" || tried.outcome === "failed" || !check) return tried;
    if (tried.outcome === "cancelled" && !tried.ran) return tried;
    const asked = await attempt<{ happened: boolean; result?: T }>(ctx, `check ${name}`, {
      work: async (call) => (await check(report.key, call)) satisfies Checked<T>,
      retries: run.policies.forward,
      deadlineMs,
    });
    if (asked.outcome !== "done") return tried;
    if (asked.value.happened) return { ...asked, value: asked.value.result as T };
    const error = tried.outcome === "cancelled" ? cancelError(tried) : tried.error;
    return { outcome: "failed", error };
  };

  const step = async <T extends Json>(name: string, spec: SagaStep<T>): Promise<T> => {
    const entry = run.registry.register(started, name, { spec, path });
    const { report } = entry;
    const { key } = report;
    if (spec.pointOfNoReturn !== undefined && path.length > 0)
      throw new SagaMisuseError(`${name}: a point of no return belongs in the saga's own sequence, not in a group.`);
    for (let round = 1; ; round++) {
      const tried = await forward(entry, spec, round);
      if (tried.outcome === "done") {
        Object.assign(report, { forward: "done", attempts: tried.attempts, at: tried.at, error: null });
        entry.result = tried.value;
        if (spec.pointOfNoReturn !== undefined) run.pivot ??= name;
        return tried.value;
      }
      if (tried.outcome === "cancelled") {
        run.cancelled = true;
        report.forward = tried.ran ? "unknown" : "not-run";
        return stop(name, cancelError(tried));
      }
      const { outcome, error } = tried;
      Object.assign(report, { forward: outcome, attempts: error.attempts, at: error.at, error });
      const onlyForward = run.pivot !== undefined || (spec.pointOfNoReturn !== undefined && outcome === "unknown");
      if (!onlyForward) return stop(name, error);
      run.pivot ??= name;
      if ((await askAboutStep(ctx, entry, { ask: run.ask, round, error })) !== "try-again") return stop(name, error);
      // What was refused is over; under its key the other side would repeat the refusal.
      if (outcome === "failed") report.key = `${key}-${round + 1}`;
    }
  };

  const parallel = async <R extends Readonly<Record<string, unknown>>>(
    name: string,
    branches: { [K in keyof R]: (s: Saga) => Promise<R[K]> },
    options: { undo?: "at-once" | "in-turn" } = {},
  ): Promise<R> => {
    const names = Object.keys(branches);
    const group = { branches: names.map((): Started[] => []), inTurn: options.undo === "in-turn" };
    started.push(group);
    const results: Record<string, unknown> = {};
    const failures = await Promise.all(
      names.map((branch, index) =>
        ctx.runInChildContext(
          undefined,
          async (child) => {
            const scope = createScope(run, child, {
              started: group.branches[index] ?? [],
              path: [...path, name, branch],
            });
            return settle(scope, async () => {
              results[branch] = await branches[branch as keyof R](scope.saga);
            });
          },
          { virtualContext: true },
        ),
      ),
    );
    const first = failures.find((failure) => failure !== null);
    if (first) return stop(first.step, first);
    return results as R;
  };

  const decide = async (name: string, request: DecisionRequest): Promise<Decision> => {
    const answer = await decideUnlessCancelled(ctx, name, { request, cancellation: run.cancellation });
    if (!("cancelled" in answer)) return answer;
    run.cancelled = true;
    return stop(name, cancelError(answer.cancelled));
  };

  const wait = async (name: string, duration: Duration) => {
    await Promise.race([ctx.wait(name, duration), run.cancellation?.signal ?? new Promise<never>(() => undefined)]);
  };

  return {
    saga: {
      step: (name, spec) => alone(name, () => step(name, spec)),
      parallel: (name, branches, options) => alone(name, () => parallel(name, branches, options)),
      decide: (name, request) => alone(name, () => decide(name, request)),
      wait: (name, duration) => alone(name, () => wait(name, duration)),
    },
    async close() {
      closed = true;
      await busy;
      return stopped;
    },
  };
}

/** Runs a scope's body to its end. Answers what stopped it: a step, else what the body itself threw. */
export async function settle(scope: Scope, body: () => Promise<void>): Promise<SagaOutcome["error"]> {
  let thrown: SagaOutcome["error"] = null;
  try {
    await body();
  } catch (error) {
    thrown = { step: null, ...describe(error), attempts: 0, at: null };
  }
  return (await scope.close()) ?? thrown;
}

const cancelError = ({ reason, at }: { reason: string; at: string }): SagaError => ({
  code: "CANCELLED",
  message: reason,
  attempts: 0,
  at,
});
