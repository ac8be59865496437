import { type HrTime, type SpanContext, SpanKind, SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import type { Span } from "./span.ts";

let exporter: OTLPTraceExporter | undefined;

/** By OTLP over HTTP as JSON. Endpoint, headers and certificates are read from OTEL_EXPORTER_OTLP_… by the exporter itself. */
export async function exportSpans(spans: readonly Span[], timeoutMillis: number): Promise<void> {
  // Between two invocations the function is frozen: a connection that was kept would be a dead one.
  exporter ??= new OTLPTraceExporter({ timeoutMillis, httpAgentOptions: { keepAlive: false } });
  const to = exporter;
  await new Promise<void>((resolve, reject) => {
    to.export(spans.map(readable), ({ code, error }) =>
      code === 0 ? resolve() : reject(error ?? new Error("Not exported.")),
    );
  });
}

/** Named by OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, or by the function. */
const resource = resourceFromAttributes({
  "service.name": process.env.AWS_LAMBDA_FUNCTION_NAME ?? "longhaul",
  "cloud.provider": "aws",
}).merge(detectResources({ detectors: [envDetector] }));

const scope = { name: "longhaul" };

/**
 * Ready-made, and not by OpenTelemetry's tracer: a wait of weeks has begun in another process than it ends in, and a tracer's
 * span is told whole by the one that began it.
 */
function readable({ traceId, spanId, parentSpanId, name, began, ended, attributes, error }: Span): ReadableSpan {
  const contextOf = (id: string): SpanContext => ({ traceId, spanId: id, traceFlags: TraceFlags.SAMPLED });
  return {
    name,
    kind: SpanKind.INTERNAL,
    spanContext: () => contextOf(spanId),
    ...(parentSpanId !== undefined && { parentSpanContext: contextOf(parentSpanId) }),
    startTime: highResolution(began.getTime()),
    endTime: highResolution(ended.getTime()),
    duration: highResolution(Math.max(0, ended.getTime() - began.getTime())),
    status: error === undefined ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR, message: error },
    attributes: { ...attributes, ...(error !== undefined && { "error.type": error }) },
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

const highResolution = (milliseconds: number): HrTime => [
  Math.floor(milliseconds / 1_000),
  (milliseconds % 1_000) * 1_000_000,
];
