import { expect, test } from "vitest";
import type { ExecutionEvent } from "#platform";
import { timelineOf } from "./timeline.ts";

const at = (seconds: number) => new Date(Date.parse("2026-11-02T08:00:00.000Z") + seconds * 1_000);
const events: ExecutionEvent[] = [
  { EventType: "ExecutionStarted", EventTimestamp: at(0) },
  {
    EventType: "CallbackStarted",
    Id: "1",
    Name: "cancel",
    EventTimestamp: at(1),
    CallbackStartedDetails: { Timeout: 60 },
  },
  { EventType: "StepStarted", Id: "2", Name: "reserve", EventTimestamp: at(1) },
  { EventType: "StepSucceeded", Id: "2", Name: "reserve", EventTimestamp: at(2) },
] as ExecutionEvent[];
const [running, ended] = [
  timelineOf({ events, more: false }),
  timelineOf({
    events: [...events, { EventType: "ExecutionSucceeded", EventTimestamp: at(3) } as ExecutionEvent],
    more: false,
  }),
];

test("what is open is waited for while the execution runs", () => {
  expect(running.waiting.map(({ name, state }) => [name, state])).toEqual([["cancel", "waiting"]]);
});

test("what was open when the execution ended is waited for by nobody, and ended with it", () => {
  expect(ended.waiting).toEqual([]);
  expect(ended.operations[0]).toMatchObject({ name: "cancel", state: "cancelled", ended: at(3).getTime() });
  expect(ended.operations[0]).not.toHaveProperty("due");
  expect(ended.operations[1]).toMatchObject({ name: "reserve", state: "succeeded", ended: at(2).getTime() });
});
