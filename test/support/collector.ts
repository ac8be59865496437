import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { z } from "zod";

const Value = z.union([
  z.object({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
  z.object({ boolValue: z.boolean() }).transform(({ boolValue }) => boolValue),
  z.object({ intValue: z.coerce.number() }).transform(({ intValue }) => intValue),
]);
const Attributes = z
  .array(z.object({ key: z.string(), value: Value }))
  .transform((all) => Object.fromEntries(all.map(({ key, value }) => [key, value])));
const Received = z.object({
  traceId: z.string().length(32),
  spanId: z.string().length(16),
  parentSpanId: z.string().length(16).optional(),
  name: z.string(),
  startTimeUnixNano: z.coerce.number(),
  endTimeUnixNano: z.coerce.number(),
  attributes: Attributes,
  status: z.object({ code: z.int(), message: z.string().optional() }),
});
const Export = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(Received) })),
    }),
  ),
});

export type ReceivedSpan = z.infer<typeof Received> & { resource: Record<string, unknown> };

/** An OpenTelemetry collector that takes traces as OTLP over HTTP in JSON; `slow` takes them and never answers. */
export async function startCollector({ slow = false } = {}) {
  const spans: ReceivedSpan[] = [];
  const requests: { path: string | undefined; token: unknown; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const body: unknown = await json(request);
    requests.push({ path: request.url, token: request.headers["x-token"], body: JSON.stringify(body) });
    for (const { resource, scopeSpans } of Export.parse(body).resourceSpans)
      for (const one of scopeSpans)
        spans.push(...one.spans.map((span) => ({ ...span, resource: resource.attributes })));
    if (!slow) response.setHeader("content-type", "application/json").end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
