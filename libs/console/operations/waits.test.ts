import { expect, test } from "vitest";
import type { ExecutionEvent } from "#platform";
import { contract } from "../../../workflows/onboarding/contract.ts";
import { waitingFor } from "../pages/waiting-for.ts";
import { timelineOf } from "./timeline.ts";
import { waitsOf } from "./waits.ts";

const TUESDAY = Date.parse("2026-11-24T09:00:00Z");
const DAY = 86_400_000;

let ids = 0;
const event = (EventType: string, Name: string, more: Partial<ExecutionEvent> = {}): ExecutionEvent => {
  ids += 1;
  return { Id: `${ids}`, EventType, Name, EventTimestamp: new Date(TUESDAY), ...more } as ExecutionEvent;
};
const asked = (Name: string, days: number, more: Partial<ExecutionEvent> = {}) =>
  event("CallbackStarted", Name, { CallbackStartedDetails: { CallbackId: "id", Timeout: days * 86_400 }, ...more });
const timer = (Name: string, days: number) =>
  event("WaitStarted", Name, {
    WaitStartedDetails: { Duration: days * 86_400, ScheduledEndTimestamp: new Date(TUESDAY + days * DAY) },
  });

const told = (events: ExecutionEvent[]) =>
  waitsOf(timelineOf({ events, more: false }), contract).map((wait) =>
    String(waitingFor(wait, TUESDAY + DAY)).replaceAll(/<[^>]+>/g, ""),
  );

test("a wait is told in the contract's words: for whom, since when, and what happens next", () => {
  expect(
    told([
      asked("delivered", 5),
      timer("until remind 1 of delivered", 3),
      asked("signature", 4),
      asked("check-in-7-manager", 10),
      timer("until remind 1 of check-in-7-manager", 3),
      asked("late-equipment", 14),
      timer("until remind 1 of late-equipment", 2),
    ]),
  ).toEqual([
    "Waits for the carrier since Tue, 24 Nov 2026, 09:00 UTC (1 d); reminds on Fri, 27 Nov 2026, 09:00 UTC.",
    "Waits for the signature since Tue, 24 Nov 2026, 09:00 UTC (1 d); gives up on Sat, 28 Nov 2026, 09:00 UTC.",
    "Waits for the manager&#39;s answer of day 7 since Tue, 24 Nov 2026, 09:00 UTC (1 d); reminds on Fri, 27 Nov 2026, 09:00 UTC.",
    "Waits for the role hr-reviewer since Tue, 24 Nov 2026, 09:00 UTC (1 d); reminds on Thu, 26 Nov 2026, 09:00 UTC.",
  ]);
});

test("the wait for signals beside a stage is told only where there is no other, and what a left stage had open not at all", () => {
  const bell = [event("CallbackStarted", "signal to prepare"), event("StepSucceeded", "listen signal to prepare")];
  expect(told([...bell, timer("first morning", 20)])).toEqual([
    expect.stringMatching(/^Waits for the morning of the first day since .*; wakes on Mon, 14 Dec 2026/),
  ]);
  expect(told(bell)).toEqual([expect.stringMatching(/^Waits for a signal since/)]);
  const stage = event("ContextStarted", "prepare");
  const left = asked("delivered", 5, { ParentId: stage.Id });
  expect(
    told([stage, left, event("ContextSucceeded", "prepare", { Id: stage.Id }), timer("first morning", 1)]),
  ).toEqual([expect.stringContaining("the morning of the first day")]);
});
