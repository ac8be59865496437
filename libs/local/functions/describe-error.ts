import type { ErrorObject } from "../core/ports.ts";

/** An error as Lambda reports it. */
export function describeError(error: unknown): ErrorObject {
  if (!(error instanceof Error)) return { ErrorType: typeof error, ErrorMessage: String(error) };
  const trace = error.stack
    ?.split("\n")
    .slice(1)
    .map((line) => line.trim());
  return { ErrorType: error.name, ErrorMessage: error.message, ...(trace && { StackTrace: trace }) };
}
