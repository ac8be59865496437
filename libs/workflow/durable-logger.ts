import type { DurableLogger, DurableLoggingContext } from "@aws/durable-execution-sdk-js";
import { logger } from "#platform";

/**
 * Powertools' logger under the SDK's: each line carries the workflow, the execution, the operation and the attempt, and is
 * silent in replays. The execution's name is its workflow and the hash of its business key.
 */
export function createDurableLogger(workflow: string): DurableLogger {
  let context: DurableLoggingContext | undefined;
  const write =
    (level: "debug" | "info" | "warn" | "error") =>
    (...[message, ...details]: unknown[]) =>
      logger[level](String(message), {
        workflow,
        ...context?.getDurableLogData(),
        ...(details.length > 0 && { details }),
      });
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    configureDurableLoggingContext(durable) {
      context = durable;
    },
  };
}
