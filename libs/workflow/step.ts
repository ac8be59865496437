import { AsyncLocalStorage } from "node:async_hooks";
import {
  createRetryStrategy,
  type DurableContext,
  type DurablePromise,
  type RetryDecision,
} from "@aws/durable-execution-sdk-js";
import { LonghaulError } from "#platform";
import { withDeadline } from "./deadline.ts";
import { NestedStepError } from "./errors.ts";

/** A value that JSON holds without loss: what a step may return. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

export interface StepOptions {
  /** How long one attempt may take, in milliseconds; keep it well under the function's timeout. Default 30 s. */
  deadlineMs?: number;
  /** How often it is tried in all. Default 6, with 1 s doubling to 60 s between, full jitter. */
  attempts?: number;
}

/** The name of the step whose work runs, in that work and all that it calls. */
const working = new AsyncLocalStorage<string>();

/**
 * A durable step whose every attempt has an end. The SDK's steps have none: one killed by the function's own timeout
 * would be repeated until the execution times out. An error that says it is not retryable ends the step at once.
 * @throws NestedStepError inside the work of another step
 * @example const document = await step(ctx, "load request", (signal) => activities.load(input, signal));
 */
export function step<T extends Json>(
  ctx: DurableContext,
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
  options: StepOptions = {},
): DurablePromise<T> {
  const { deadlineMs = 30_000, attempts = 6 } = options;
  const outer = working.getStore();
  if (outer !== undefined) throw new NestedStepError(name, outer);
  return ctx.step(name, () => working.run(name, () => withDeadline(name, deadlineMs, work)), {
    retryStrategy: retry(attempts),
  });
}

function retry(attempts: number) {
  const backoff = createRetryStrategy({
    maxAttempts: attempts,
    initialDelay: { seconds: 1 },
    maxDelay: { seconds: 60 },
    backoffRate: 2,
  });
  return (error: Error, made: number): RetryDecision =>
    error instanceof LonghaulError && !error.retryable ? { shouldRetry: false } : backoff(error, made);
}
