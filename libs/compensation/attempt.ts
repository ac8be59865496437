import {
  createRetryStrategy,
  type DurableContext,
  DurableOperationError,
  type RetryDecision,
  StepSemantics,
} from "@aws/durable-execution-sdk-js";
import { z } from "zod";
import { LonghaulError } from "#platform";
import { type Json, withDeadline } from "#workflow";
import { NothingHappenedError } from "./errors.ts";
import { SagaError } from "./outcome.ts";
import type { Call } from "./spec.ts";

/** How often, with what pauses. Seconds; the pauses double from `first` to `longest`, with full jitter. */
export interface Retries {
  attempts: number;
  first: number;
  longest: number;
}

export type Attempted<T> =
  | { outcome: "done"; value: T; attempts: number; at: string }
  | { outcome: "failed" | "unknown"; error: SagaError }
  /** It was not begun: a cancel came first. `ran` says that an earlier attempt had, so that its outcome is unknown. */
  | { outcome: "cancelled"; ran: boolean; reason: string; at: string };

interface Policy {
  retries: Retries;
  deadlineMs: number;
  /** Asked inside the step, so that its answer is durable: why this attempt must not begin. */
  cancelled?: (() => string | undefined) | undefined;
}

/**
 * One action as a durable step whose outcome is data. The step's start is stored before the action begins, so that an
 * interrupted attempt is known to have begun: it counts, and its outcome is unknown. A step that ends by the function's own
 * timeout therefore uses up its attempts, which the SDK's default semantics would not.
 */
export async function attempt<T extends Json>(
  ctx: DurableContext,
  name: string,
  { work, retries, deadlineMs, cancelled }: Policy & { work: (call: Call) => Promise<T> },
): Promise<Attempted<T>> {
  const body = async (number: number): Promise<Attempted<T>> => {
    const reason = cancelled?.();
    const at = () => new Date().toISOString();
    if (reason !== undefined) return { outcome: "cancelled", ran: number > 1, reason, at: at() };
    try {
      const value = await withDeadline(name, deadlineMs, (signal) => work({ signal, attempt: number }));
      return { outcome: "done", value, attempts: number, at: at() };
    } catch (error) {
      throw new FailedAttempt(error, { attempts: number, at: at() });
    }
  };
  try {
    return await ctx.step(name, ({ attempt: number }) => body(number), {
      semantics: StepSemantics.AtMostOncePerRetry,
      retryStrategy: strategy(retries),
    });
  } catch (error) {
    return failureOf(error, retries.attempts);
  }
}

function strategy({ attempts, first, longest }: Retries) {
  const backoff = createRetryStrategy({
    maxAttempts: attempts,
    initialDelay: { seconds: first },
    maxDelay: { seconds: longest },
    backoffRate: 2,
  });
  return (error: Error, made: number): RetryDecision =>
    error instanceof FailedAttempt && error.final ? { shouldRetry: false } : backoff(error, made);
}

const Failure = z.strictObject({ outcome: z.enum(["failed", "unknown"]), error: SagaError });

/** The SDK keeps an error's type, message and data at a checkpoint, of its own classes alone: hence this one. */
class FailedAttempt extends DurableOperationError {
  readonly errorType: string;
  readonly final: boolean;
  constructor(error: unknown, { attempts, at }: { attempts: number; at: string }) {
    const { code, message } = describe(error);
    // A refusal speaks for its own attempt: an earlier one, whose answer was lost, may have happened all the same.
    const outcome = error instanceof NothingHappenedError && attempts === 1 ? "failed" : "unknown";
    const data: z.infer<typeof Failure> = { outcome, error: { code, message, attempts, at } };
    super(message, undefined, JSON.stringify(data));
    this.errorType = code;
    this.final = error instanceof LonghaulError && !error.retryable;
  }
}

/** A step's failure as it comes back, in this invocation or from a checkpoint. */
function failureOf(error: unknown, attempts: number): { outcome: "failed" | "unknown"; error: SagaError } {
  if (error instanceof DurableOperationError) {
    const cause = error.cause?.name;
    if (cause === "StepInterruptedError") {
      const message = "The function ended while the action was under way.";
      return { outcome: "unknown", error: { code: "INTERRUPTED", message, attempts, at: null } };
    }
    if (error.errorData) return Failure.parse(JSON.parse(error.errorData));
  }
  throw error;
}

/** An error's stable code and its message. Of an error that is not ours, the name is its code. */
export function describe(error: unknown): { code: string; message: string } {
  if (error instanceof LonghaulError) return { code: error.code, message: error.message };
  if (error instanceof Error) return { code: error.name, message: error.message.slice(0, 500) };
  return { code: "UNKNOWN", message: "Something was thrown that is no error." };
}
