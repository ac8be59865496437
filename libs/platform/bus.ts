import { clientDefaults, once } from "./call.ts";
import { LonghaulError } from "./errors.ts";

/** An event for others: who tells it, what has happened, and of what. It holds no personal data. */
export interface BusEvent {
  source: string;
  type: string;
  detail: object;
}

/** The bus did not take some of the events. */
export class EventsRefusedError extends LonghaulError {
  override readonly retryable = true;
  constructor(codes: readonly string[]) {
    super("EVENTS_REFUSED", `EventBridge did not take ${codes.length} events: ${codes.join(", ")}.`);
  }
}

const load = once(async () => {
  const sdk = await import("./clients/eventbridge.ts");
  return { sdk, client: new sdk.EventBridgeClient(clientDefaults) };
});

/**
 * Puts events on an EventBridge bus, at most 10 at once. Put again after an unknown outcome they arrive twice: what is in
 * them must tell. @throws EventsRefusedError
 */
export async function putEvents(bus: string, events: readonly BusEvent[]): Promise<void> {
  const { sdk, client } = await load();
  const Entries = events.map(({ source, type, detail }) => ({
    EventBusName: bus,
    Source: source,
    DetailType: type,
    Detail: JSON.stringify(detail),
  }));
  const answer = await client.send(new sdk.PutEventsCommand({ Entries }));
  const refused = (answer.Entries ?? []).flatMap(({ ErrorCode }) => (ErrorCode ? [ErrorCode] : []));
  if (refused.length > 0) throw new EventsRefusedError(refused);
}
