import { logger } from "../logger.ts";
import type { Span } from "./span.ts";

/** How long the work waits for the collector, in all: an invocation is paid by the millisecond. */
const DEADLINE_MS = 500;

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a collector is configured, by OpenTelemetry's own variables. */
export const hasCollector = (environment: Environment = process.env): boolean =>
  Boolean(environment.OTEL_EXPORTER_OTLP_ENDPOINT || environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) &&
  environment.OTEL_SDK_DISABLED?.toLowerCase() !== "true";

let hasWarned = false;

/**
 * Sends spans to the collector that the environment names, and waits for it half a second at the most, whatever becomes of them:
 * it never throws. OpenTelemetry is read when it is first needed.
 */
export async function sendSpans(spans: readonly Span[]): Promise<void> {
  if (spans.length === 0) return;
  let timer: NodeJS.Timeout | undefined;
  try {
    // Read before the time runs: on a busy machine it takes a while, and is nothing that the collector could be late with.
    const { exportSpans } = await import("./otlp.ts");
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DOMException("", "TimeoutError")), DEADLINE_MS);
    });
    await Promise.race([exportSpans(spans, DEADLINE_MS), late]);
  } catch (error) {
    // Once an instance, and without the message: it can hold the collector's address, or what it answered.
    if (!hasWarned) logger.warn("Traces were not sent", { error: error instanceof Error ? error.name : "unknown" });
    hasWarned = true;
  } finally {
    clearTimeout(timer);
  }
}
