import type { Event, Lambda } from "@aws-sdk/client-lambda";
import { expect } from "vitest";
import type { readLedger } from "./ledger.ts";
import { persistently, type Started } from "./load.ts";
import { RESULTS } from "./workflows.ts";

export async function historyOf(lambda: Lambda, DurableExecutionArn: string): Promise<Event[]> {
  const events: Event[] = [];
  let Marker: string | undefined;
  do {
    const page = await persistently(() =>
      lambda.getDurableExecutionHistory({
        DurableExecutionArn,
        IncludeExecutionData: true,
        MaxItems: 1_000,
        ...(Marker && { Marker }),
      }),
    );
    events.push(...(page.Events ?? []));
    Marker = page.NextMarker;
  } while (Marker);
  return events;
}

/** It finished, with what its kind comes to; a callback with the answer that was acknowledged, which is one at most. */
export async function proveResult(lambda: Lambda, { arn, kind, name, answered }: Started) {
  const {
    Status,
    Result,
    Error: error,
  } = await persistently(() => lambda.getDurableExecution({ DurableExecutionArn: arn, IncludeExecutionData: true }));
  expect({ name, Status, error }).toEqual({ name, Status: "SUCCEEDED", error: undefined });
  const result: unknown = JSON.parse(Result ?? "null");
  if (kind !== "callback") return expect({ name, result }).toEqual({ name, result: RESULTS[kind] });
  expect(answered.length).toBeLessThanOrEqual(1);
  expect(answered.length === 1 ? answered : [`${name} one`, `${name} two`]).toContain(result);
}

/** Ids from 1 without a gap, times in order, one start and one end, each operation ended once, and no timer early. */
export function proveHistory(events: readonly Event[]) {
  expect(events.map(({ EventId }) => EventId)).toEqual(events.map((_, index) => index + 1));
  expect(events[0]?.EventType).toBe("ExecutionStarted");
  expect(events.at(-1)?.EventType).toBe("ExecutionSucceeded");
  expect(events.at(-2)?.EventType).toBe("InvocationCompleted");
  const notBefore = new Map<string, number>();
  const ended = new Set<string>();
  for (const event of events) {
    const { EventType: type = "", Id: id = "" } = event;
    const at = event.EventTimestamp?.getTime() ?? 0;
    if (["WaitSucceeded", "CallbackTimedOut", "StepStarted"].includes(type))
      expect(at).toBeGreaterThanOrEqual(notBefore.get(id) ?? 0);
    const { ScheduledEndTimestamp } = event.WaitStartedDetails ?? {};
    if (ScheduledEndTimestamp) notBefore.set(id, ScheduledEndTimestamp.getTime());
    const { Timeout } = event.CallbackStartedDetails ?? {};
    if (Timeout) notBefore.set(id, at + Timeout * 1_000);
    const { RetryDetails } = event.StepFailedDetails ?? event.StepSucceededDetails ?? {};
    const delay = RetryDetails?.NextAttemptDelaySeconds;
    if (delay) notBefore.set(id, at + delay * 1_000);
    const isEnd = /^(Wait|Callback|ChainedInvoke|Context|Step)(?!Started)/.test(type) && !delay;
    if (isEnd) expect(ended.has(id)).toBe(false);
    if (isEnd) ended.add(id);
  }
}

/** The ledger and the histories agree: see the test. */
export function proveLedger(
  { effects, acknowledged }: ReturnType<typeof readLedger>,
  histories: ReadonlyMap<string, readonly Event[]>,
) {
  const inHistory = new Set<string>();
  for (const [execution, events] of histories)
    for (const { EventType, Name } of events) if (EventType === "StepSucceeded") inHistory.add(`${execution} ${Name}`);
  const known = new Set(histories.keys());
  const ofKnown = (key: string) => known.has(key.split(" ")[0] ?? "");
  expect([...acknowledged].filter((key) => ofKnown(key) && !inHistory.has(key))).toEqual([]);
  const own = [...inHistory].filter((key) => !/until two|at-most-once/.test(key));
  expect(own.filter((key) => !effects.has(key))).toEqual([]);
  const twice = [...effects].filter(([key, count]) => key.endsWith(" at-most-once") && count > 1);
  expect(twice).toEqual([]);
}
