import { z } from "zod";
import { RefusedMessageError } from "./errors.ts";
import { refusalOf } from "./refusal.ts";

/**
 * A CloudEvent in JSON, structured mode, as the core specification 1.0 says it; extension attributes pass. Ten lines of
 * schema: the `cloudevents` package would bring a second validator and browser polyfills into every dispatcher.
 */
const CloudEvent = z.looseObject({
  specversion: z.literal("1.0"),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().min(1).optional(),
  time: z.iso.datetime({ offset: true }).optional(),
  datacontenttype: z
    .string()
    .regex(/^[\w.+-]+\/([\w.-]+\+)?json\s*(;.*)?$/i, "JSON")
    .optional(),
  data: z.record(z.string(), z.unknown()),
});

/**
 * The data of an event of `type`.
 * @throws RefusedMessageError for what is no CloudEvent in JSON, or one of another type
 */
export function parseCloudEvent(body: string, type: string): Record<string, unknown> {
  const message = parseJson(body);
  const event = CloudEvent.safeParse(message);
  if (!event.success) throw new RefusedMessageError("NOT_CLOUDEVENT", refusalOf(event.error, message));
  if (event.data.type !== type)
    throw new RefusedMessageError("NOT_OURS", { field: "type", expected: type, received: "another type" });
  return event.data.data;
}

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RefusedMessageError("NOT_JSON", {
      field: "body",
      expected: "JSON",
      received: `${body.length} characters that are not`,
    });
  }
}
