import { expect, test } from "vitest";
import { addWorkingTime } from "./business-time.ts";

const weekdays = (...spans: [string, string][]) =>
  Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, spans]));
const berlin = { zone: "Europe/Berlin", hours: weekdays(["09:00", "17:00"]), holidays: ["2026-12-25"] };
const HOUR = 3_600;
const after = (from: string, hours: number, calendar = berlin) =>
  new Date(addWorkingTime(Date.parse(from), hours * HOUR, calendar)).toISOString();

test.each([
  ["within a day", "2026-11-24T10:00:00+01:00", 3, "2026-11-24T13:00:00+01:00"],
  ["until the very end of a day", "2026-11-24T10:00:00+01:00", 7, "2026-11-24T17:00:00+01:00"],
  ["over a night", "2026-11-24T16:00:00+01:00", 4, "2026-11-25T12:00:00+01:00"],
  [
    "over a weekend: Friday 16:00 and 72 h is nine working days later",
    "2026-11-27T16:00:00+01:00",
    72,
    "2026-12-10T16:00:00+01:00",
  ],
  ["over a holiday", "2026-12-24T16:00:00+01:00", 2, "2026-12-28T10:00:00+01:00"],
  ["from a night", "2026-11-24T03:00:00+01:00", 1, "2026-11-24T10:00:00+01:00"],
  ["from a Sunday", "2026-11-29T12:00:00+01:00", 1, "2026-11-30T10:00:00+01:00"],
])("working time is counted %s", (_, from, hours, expected) => {
  expect(after(from, hours)).toBe(new Date(expected).toISOString());
});

test("a break in the day is not worked", () => {
  const calendar = { ...berlin, hours: weekdays(["09:00", "12:00"], ["13:00", "17:00"]) };
  expect(after("2026-11-24T11:00:00+01:00", 2, calendar)).toBe("2026-11-24T13:00:00.000Z");
});

test("the clocks change, the working hours do not", () => {
  // In Berlin the clocks go forward on 29 March 2026: the Friday is +01:00, the Monday +02:00.
  expect(after("2026-03-27T16:00:00+01:00", 2)).toBe(new Date("2026-03-30T10:00:00+02:00").toISOString());
});

test("a calendar without a working day left is refused", () => {
  const holidays = Array.from({ length: 1_200 }, (_, day) =>
    new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
  );
  expect(() => after("2026-01-01T00:00:00Z", 1, { ...berlin, holidays })).toThrow(/working time/);
});
