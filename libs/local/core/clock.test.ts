import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Clock, type ClockOptions, createClock } from "./clock.ts";
import { loadClock } from "./clock-state.ts";
import { openStore } from "./store.ts";

const HOUR = 3_600_000;
const START = Date.parse("2027-01-04T09:00:00Z");

const clocks: Clock[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const clock of clocks.splice(0)) clock.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});
function clockOf(options?: ClockOptions) {
  const clock = createClock(options);
  clocks.push(clock);
  return clock;
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("alarms ring in order of their time, at their time, and one that an alarm sets rings in the same move", async () => {
  const clock = clockOf({ standsAt: START });
  const rung: [string, number][] = [];
  const ring = (name: string) => () => void rung.push([name, (clock.now() - START) / HOUR]);
  clock.at(START + 3 * HOUR, ring("three"));
  clock.at(START + HOUR, async () => {
    ring("one")();
    await turn();
    clock.at(START + 2 * HOUR, ring("two"));
  });
  clock.at(START + 3 * HOUR, ring("three too"));
  const cancel = clock.at(START + HOUR, ring("cancelled"));
  cancel();
  clock.at(START + 5 * HOUR, ring("five"));
  await clock.advance(4 * HOUR);
  expect(rung).toEqual([
    ["one", 1],
    ["two", 2],
    ["three", 3],
    ["three too", 3],
  ]);
  expect(clock.now()).toBe(START + 4 * HOUR);
  expect(clock.next()).toBe(START + 5 * HOUR);
});

test("time does not move on before what an alarm set going has come to rest", async () => {
  const clock = clockOf({ standsAt: START });
  const seen: number[] = [];
  clock.at(START + HOUR, () => {
    const ended = clock.activity.begin();
    void (async () => {
      for (let count = 0; count < 20; count += 1) await turn();
      seen.push(clock.now() - START);
      ended();
    })();
  });
  clock.at(START + 2 * HOUR, () => void seen.push(clock.now() - START));
  await clock.advance(3 * HOUR);
  expect(seen).toEqual([HOUR, 2 * HOUR]);
});

test("two moves at the same time are made one after the other", async () => {
  const clock = clockOf({ standsAt: START });
  await Promise.all([clock.advance(HOUR), clock.advance(HOUR)]);
  expect(clock.now()).toBe(START + 2 * HOUR);
});

test("virtual time stands still: what is due rings at once, and nothing else before the clock is moved", async () => {
  const clock = clockOf({ standsAt: START });
  let rung = 0;
  await new Promise<void>((resolve) => {
    clock.at(START + 1, () => {
      rung += 1;
    });
    clock.at(START, () => resolve());
  });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect([rung, clock.now(), clock.mode]).toEqual([0, START, "virtual"]);
  await clock.advance(1);
  expect(rung).toBe(1);
});

test("a real clock goes on by itself from where it was moved to", async () => {
  const clock = clockOf({ offset: HOUR });
  const before = clock.now();
  expect(before - Date.now()).toBeGreaterThan(HOUR - 60_000);
  await new Promise<void>((resolve) => clock.at(before + 5, resolve));
  expect(clock.now()).toBeGreaterThanOrEqual(before + 5);
});

test("a repeating alarm makes up for a long move by one turn before each other alarm, and one at the end", async () => {
  const clock = clockOf({ standsAt: START });
  const rung: [string, number][] = [];
  const stop = clock.every(60_000, () => void rung.push(["sweep", (clock.now() - START) / 60_000]));
  clock.at(START + 90_000, () => void rung.push(["alarm", 1.5]));
  await clock.advance(3 * 24 * HOUR);
  expect(rung).toEqual([
    ["sweep", 1],
    ["alarm", 1.5],
    ["sweep", 3 * 24 * 60],
  ]);
  expect(clock.next()).toBeUndefined();
  stop();
  await clock.advance(HOUR);
  expect(rung).toHaveLength(3);
});

test("where the clock was moved to is on disk before anything rings there, and holds after a restart, in either mode", async () => {
  const folder = await mkdtemp(join(tmpdir(), "longhaul-clock-"));
  folders.push(folder);
  const open = async (mode: Clock["mode"]) => {
    const store = openStore(folder);
    const clock = await loadClock(store, mode);
    return {
      clock,
      close: async () => {
        clock.close();
        await store.close();
      },
      kept: () => JSON.parse(String(store.sql("SELECT state FROM clock").get()?.state)) as { offset: number },
    };
  };
  const first = await open("real");
  let keptAtAlarm = 0;
  first.clock.at(first.clock.now() + 24 * HOUR, () => {
    keptAtAlarm = first.kept().offset;
  });
  await first.clock.advance(48 * HOUR);
  expect(keptAtAlarm).toBeGreaterThan(24 * HOUR - 60_000);
  const moved = first.clock.now();
  await first.close();

  const second = await open("virtual");
  const stood = second.clock.now();
  expect(stood).toBeGreaterThanOrEqual(moved);
  await second.clock.advance(HOUR);
  await second.close();
  const third = await open("virtual");
  expect(third.clock.now()).toBe(stood + HOUR);
  await third.close();
  const fourth = await open("real");
  expect(fourth.clock.now()).toBeGreaterThanOrEqual(stood + HOUR);
  expect(fourth.clock.now()).toBeLessThan(stood + HOUR + 60_000);
  await fourth.close();
});
