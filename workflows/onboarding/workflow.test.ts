import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createBucket } from "#platform";
import { cleanUp } from "../../libs/local/engine/testing.ts";
import { record } from "../../scripts/history/record.ts";
import { startWorld, type World } from "../../scripts/history/world.ts";
import { contract } from "./contract.ts";
import { paths } from "./histories/paths.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
afterEach(cleanUp);

const read = async (key: string) => new TextDecoder().decode((await createBucket("longhaul-documents").get(key)).body);

/** Lives a path from the signed offer to its end, months in seconds, and reads what lies in the bucket then. */
async function live(name: keyof typeof paths) {
  const path = paths[name];
  if (!path) throw new Error(`There is no path ${name}.`);
  const { status, operations } = await record(contract, { name, path, world });
  const result = JSON.parse(await read(`onboarding/results/onboarding-${name}.json`));
  return { status, operations, result, timeline: await read(`onboarding/results/onboarding-${name}.md`) };
}

test("ninety days that go well are confirmed, told in order, and nothing is taken back", async () => {
  const { status, operations, result, timeline } = await live("smooth");
  expect(status).toBe("SUCCEEDED");
  expect(operations).toBeLessThanOrEqual(contract.budget.operations);
  expect(result).toMatchObject({ outcome: "confirmed", signals: 0, undone: [] });
  expect(timeline).toContain("The contract is signed.");
  // In the hire's own zone, summer time included: day 30 is the 31st of March.
  expect(timeline).toMatch(/31 Mar 2027, 08:0\d: Day 30/);
});

test("a first day that moves twice, and equipment that is late, are lived through without losing what was done", async () => {
  const { result, timeline } = await live("moved-twice-with-late-equipment");
  expect(result).toMatchObject({ outcome: "confirmed", signals: 2, startDate: "2027-03-08" });
  expect(timeline.match(/The contract is signed/g)).toHaveLength(1);
  expect(timeline).toContain("HR went on without what was late: equipment.");
  expect(timeline).toMatch(/15 Mar 2027, 08:0\d: Day 7/);
});

test("who withdraws after the contract leaves nothing behind, in reverse order", async () => {
  const { status, result, timeline } = await live("withdrawn-after-the-contract");
  expect(status).toBe("SUCCEEDED");
  expect(result).toMatchObject({ outcome: "withdrawn", undone: ["contract", "account", "equipment", "access"] });
  expect(timeline).toContain("Withdrawn: Another offer.");
});
