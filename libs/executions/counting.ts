import { z } from "zod";
import { type ExecutionEvent, getHistory } from "#platform";
import type { Use } from "./record.ts";

/** What a step's result says of the model that it asked: `Provenance` of `#scoring`. */
const Asked = z.object({
  usage: z.object({ inputTokens: z.int().nonnegative(), outputTokens: z.int().nonnegative() }).optional(),
  cost: z.number().nonnegative(),
});

/**
 * What an execution has used, read from its history; undefined where there is none, or it is longer than is read. It is one
 * of the 15 reads of histories a second that everybody in the account shares.
 */
export async function readUse(arn: string): Promise<Use | undefined> {
  const { events, more } = await getHistory(arn, { data: true });
  return more || events.length === 0 ? undefined : useOf(events);
}

/** The figures of an execution's events, read with their data. Numbers alone are taken out of it. */
export function useOf(events: readonly ExecutionEvent[]): Use {
  const ids = new Set<string>();
  let [retries, invocations, milliseconds, bytes] = [0, 0, 0, 0];
  const asked: z.infer<typeof Asked>[] = [];
  for (const event of events) {
    if (event.EventType === "InvocationCompleted") {
      const { StartTimestamp, EndTimestamp } = event.InvocationCompletedDetails ?? {};
      invocations += 1;
      milliseconds += Math.max(0, Number(EndTimestamp ?? 0) - Number(StartTimestamp ?? 0));
      continue;
    }
    if (event.Id) ids.add(event.Id);
    const details = detailsOf(event);
    if (details?.RetryDetails?.NextAttemptDelaySeconds !== undefined) retries += 1;
    for (const { Payload } of [details?.Input, details?.Result, details?.Error].filter((one) => one !== undefined))
      bytes +=
        Payload === undefined ? 0 : Buffer.byteLength(typeof Payload === "string" ? Payload : JSON.stringify(Payload));
    const one = event.EventType === "StepSucceeded" ? askedIn(details?.Result?.Payload) : undefined;
    if (one) asked.push(one);
  }
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    operations: ids.size + retries,
    invocations,
    milliseconds,
    bytes,
    ...(asked.length > 0 && {
      inputTokens: sum(asked.map(({ usage }) => usage?.inputTokens ?? 0)),
      outputTokens: sum(asked.map(({ usage }) => usage?.outputTokens ?? 0)),
      modelDollars: sum(asked.map(({ cost }) => cost)),
    }),
  };
}

interface Details {
  Input?: { Payload?: unknown };
  Result?: { Payload?: unknown };
  Error?: { Payload?: unknown };
  RetryDetails?: { NextAttemptDelaySeconds?: number };
}

const detailsOf = (event: ExecutionEvent) =>
  Object.entries(event).find(([name]) => name.endsWith("Details"))?.[1] as Details | undefined;

/** The score that a step answered, or that lies in its answer as `score`. */
function askedIn(result: unknown): z.infer<typeof Asked> | undefined {
  if (typeof result !== "string" || !result.includes('"promptVersion"')) return undefined;
  try {
    const answer = z.looseObject({ score: z.unknown().optional() }).parse(JSON.parse(result));
    return Asked.safeParse(answer.score ?? answer).data;
  } catch {
    return undefined;
  }
}
