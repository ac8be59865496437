import { WireError } from "./wire-error.ts";

/** What goes wrong with one answer of an API. */
export type Fault =
  /** It comes so much later, in real milliseconds. */
  | { delayMs: number }
  /** The request is carried out and its answer lost, as when a connection breaks. */
  | "drop"
  /** The request is carried out twice, as after a client's retry; the second answer is given. */
  | "repeat"
  /** The request is refused before it is looked at, as over a service's rate. */
  | "throttle";

/** What is asked of the local cloud: `path` is as sent, without the query. */
export interface FaultyRequest {
  service: string;
  method: string;
  path: string;
  /** A worker's checkpoints come by its socket, all else by HTTP. */
  road: "http" | "socket";
}

/** A switch for tests, which make things go wrong on purpose. Without it nothing does. */
export interface Faults {
  /** Asked for each request, those of a worker's own road to the engine included. */
  answer?: (request: FaultyRequest) => Fault | undefined;
  /** Asked after each checkpoint that was accepted (the first of an invocation is 1): whether its worker ends before it hears so. */
  killWorker?: (checkpoint: { executionArn: string; count: number }) => boolean;
}

/** The answer was lost; whoever waits for it is told nothing. */
export class AnswerLost extends Error {
  constructor() {
    super("The answer was lost, on purpose.");
    this.name = "TimeoutError";
  }
}

/** Carries out a request as the faults have it. @throws AnswerLost where the answer is dropped, WireError where it is throttled */
export async function withFaults<T>(faults: Faults, request: FaultyRequest, work: () => Promise<T>): Promise<T> {
  const fault = faults.answer?.(request);
  if (fault === "throttle") throw new WireError("TooManyRequestsException", 429, "Rate exceeded, on purpose.");
  if (fault === "repeat") await work().catch(() => undefined);
  const answer = await work();
  if (fault === "drop") throw new AnswerLost();
  if (fault && fault !== "repeat") await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  return answer;
}
