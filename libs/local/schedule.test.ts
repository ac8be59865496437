import { expect, test } from "vitest";
import { createClock } from "./core/clock.ts";
import { startSchedule } from "./schedule.ts";

const START = Date.parse("2027-01-04T09:00:00Z");

test("a schedule runs once at its start and then by the cloud's clock, never twice at once", async () => {
  const clock = createClock({ standsAt: START });
  const at: number[] = [];
  let running = 0;
  const stop = startSchedule(clock, 15_000, async () => {
    expect(running).toBe(0);
    running += 1;
    at.push((clock.now() - START) / 1_000);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await clock.advance(14_999);
  expect(at).toEqual([0]);
  await clock.advance(1);
  expect(at).toEqual([0, 15]);
  await clock.advance(3 * 86_400_000);
  expect(at).toEqual([0, 15, 259_215]);
  await stop();
  await clock.advance(86_400_000);
  expect(at).toHaveLength(3);
  clock.close();
});
