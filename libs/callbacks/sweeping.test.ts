import { expect, test } from "vitest";
import type { Item } from "#platform";
import { sweepAll } from "./sweeping.ts";

async function* pages(count: number): AsyncGenerator<Item[]> {
  for (let page = 0; page < count; page += 1)
    yield Array.from({ length: 100 }, (_, index) => ({ case: `c-${page}`, entry: `review#${index}` }));
}

test("however many are left behind, a few are worked on at once, and one that fails holds up none", async () => {
  let [now, most] = [0, 0];
  const finished = await sweepAll(pages(12), async ({ entry }) => {
    now += 1;
    most = Math.max(most, now);
    await Promise.resolve();
    now -= 1;
    if (entry === "review#0") throw new Error("refused");
  });
  expect(finished).toBe(12 * 99);
  expect(most).toBe(20);
});

test("a run begins nothing that the function's time could cut off", async () => {
  let clock = 0;
  const work = async () => {
    clock += 1_000;
  };
  expect(await sweepAll(pages(12), work, { now: () => clock })).toBeLessThanOrEqual(20);
});
