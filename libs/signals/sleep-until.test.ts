import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { afterEach, expect, test } from "vitest";
import { cleanUp, ended, quiet, testEngine } from "../local/engine/testing.ts";
import { instantOf, sleepUntil } from "./index.ts";

afterEach(cleanUp);

test.each([
  ["before the clocks change in Berlin", "2027-03-27", "08:00", "Europe/Berlin", "2027-03-27T07:00:00.000Z"],
  ["after they did", "2027-03-29", "08:00", "Europe/Berlin", "2027-03-29T06:00:00.000Z"],
  [
    "in New York, where they changed two weeks before",
    "2027-03-15",
    "08:00",
    "America/New_York",
    "2027-03-15T12:00:00.000Z",
  ],
  ["in New York before", "2027-03-13", "08:00", "America/New_York", "2027-03-13T13:00:00.000Z"],
  ["at a time that is left out", "2027-03-28", "02:30", "Europe/Berlin", "2027-03-28T01:30:00.000Z"],
  ["at a time that comes twice", "2027-10-31", "02:30", "Europe/Berlin", "2027-10-31T00:30:00.000Z"],
])("a local time %s is the right instant", async (_, date, time, zone, instant) => {
  expect(new Date(await instantOf({ date, time, zone })).toISOString()).toBe(instant);
});

test("a moment that is none is refused by its field", async () => {
  await expect(instantOf({ date: "2027-03-28", time: "8", zone: "Europe/Berlin" })).rejects.toThrow(/time/);
  await expect(instantOf({ date: "2027-03-28", time: "08:00", zone: "Mars/Base" })).rejects.toThrow(/zone/);
});

test("a sleep of more than a year is slept in parts, and one that is over is not slept", async () => {
  const until = Date.now() + 400 * 86_400_000;
  const durable = async (_input: never, ctx: DurableContext) => {
    await sleepUntil(ctx, "long ago", { at: 0 });
    await sleepUntil(ctx, "far away", { at: until });
    return "awake";
  };
  const engine = await testEngine(
    { workflow: { durable } },
    { version: { durable: { executionTimeoutSeconds: 500 * 86_400, retentionDays: 7 } } },
  );
  const arn = await engine.start("workflow");
  await quiet(engine);
  await engine.clock.advance(399 * 86_400_000);
  expect((await engine.describe(arn)).Status).toBe("RUNNING");
  await engine.clock.advance(2 * 86_400_000);
  expect((await ended(engine, arn)).Result).toBe('"awake"');
  expect((await engine.types(arn)).filter((type) => type === "WaitStarted")).toHaveLength(2);
});
