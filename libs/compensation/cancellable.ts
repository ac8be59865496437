import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { z } from "zod";

/** What a cancel says. It stands in the execution's history; who it was, the audit and the log know. */
export const CancelRequest = z.strictObject({ reason: z.string(), at: z.iso.datetime() });
export type CancelRequest = z.infer<typeof CancelRequest>;

/** The name of the callback that a cancel answers; nothing else in the execution may have it. */
export const CANCEL = "cancel";

export interface Cancellation {
  /**
   * The reason, once a cancel has arrived. It is asked inside durable steps alone: outside of them the answer could differ
   * between an invocation and its replay, and a step that had run would be forgotten.
   */
  requested: () => string | undefined;
  /** Resolves when a cancel arrives; it wakes what waits and decides nothing. */
  signal: Promise<void>;
}

/**
 * Makes an execution listen to a cancel, by a callback of its own (one operation). Give the answer to `saga`, which looks at it
 * before each step and in each wait, and compensates. `cancelExecution` sends it.
 */
export async function cancellable(ctx: DurableContext): Promise<Cancellation> {
  const [arrival] = await ctx.createCallback(CANCEL);
  let reason: string | undefined;
  const signal = arrival.then(
    (answer) => {
      reason = CancelRequest.safeParse(parseJson(answer)).data?.reason ?? "No reason was given.";
    },
    // A callback that failed is no cancel: it never resolves.
    () => new Promise<never>(() => undefined),
  );
  return { requested: () => reason, signal };
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
