import { DurableOperationError } from "@aws/durable-execution-sdk-js";
import { type SagaOutcome, type SagaStatus, SagaOutcome as Schema } from "./outcome.ts";

const TYPES = {
  compensated: "SagaCompensated",
  "partially-compensated": "SagaPartiallyCompensated",
  "needs-person": "SagaNeedsPerson",
} as const satisfies Record<Exclude<SagaStatus, "completed">, string>;

/**
 * Ends an execution whose saga did not complete: it fails, with a type of its own for each status, so that alarms and the
 * service's lists can tell a refund from a loss. The outcome is the error's data (`outcomeOf` reads it back).
 */
class SagaNotCompletedError extends DurableOperationError {
  readonly errorType: string;
  constructor({ saga, status, error }: SagaOutcome & { status: keyof typeof TYPES }, data: string) {
    const at = error?.step ? ` at ${error.step}` : "";
    super(`The saga ${saga} ended ${status}: it stopped${at} with ${error?.code}.`, undefined, data);
    this.errorType = TYPES[status];
  }
}

/**
 * The last line of a workflow that is a saga: returns where it completed and throws where it did not, so that the execution's
 * own status agrees with the outcome. `data` is what else the error carries beside the outcome, as plain JSON.
 */
export function concludeSaga(outcome: SagaOutcome, data: Record<string, unknown> = {}): void {
  const { saga, status, steps, error, cancelled } = outcome;
  if (status === "completed") return;
  const plain: SagaOutcome = { saga, status, steps, error, cancelled };
  throw new SagaNotCompletedError({ ...plain, status }, JSON.stringify({ ...data, outcome: plain }));
}

/** The outcome in the error data of an execution that `concludeSaga` ended; undefined where it ended in another way. */
export function outcomeOf(errorData: string | undefined): SagaOutcome | undefined {
  if (errorData === undefined) return undefined;
  try {
    return Schema.safeParse((JSON.parse(errorData) as { outcome?: unknown }).outcome).data;
  } catch {
    return undefined;
  }
}
