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

export type CloudEvent = z.infer<typeof CloudEvent>;

/**
 * An event of one of `types`.
 * @throws RefusedMessageError for what is no CloudEvent in JSON, or one of another type
 */
export function parseCloudEvent(body: string, types: readonly string[]): CloudEvent {
  const message = parseJson(body);
  const event = CloudEvent.safeParse(message);
  if (!event.success) throw new RefusedMessageError("NOT_CLOUDEVENT", refusalOf(event.error, message));
  if (!types.includes(event.data.type))
    throw new RefusedMessageError("NOT_OURS", {
      field: "type",
      expected: types.join(" or "),
      received: "another type",
    });
  return event.data;
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
