import { afterAll, beforeAll, expect, test } from "vitest";
import type { BusEvent } from "#platform";
import { startTables } from "../../test/support/tables.ts";
import { createReviews } from "./index.ts";
import { desk, hana, roles } from "./testing.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

/** Reviews that tell others, and what they told; while `refusing` holds, the bus takes nothing. */
function announced() {
  const told: BusEvent[] = [];
  const bus = { refusing: false };
  const { store, callbacks, review, id } = desk();
  const reviews = createReviews({
    store,
    ...callbacks,
    async announce(events) {
      if (bus.refusing) throw new Error("as the test says");
      told.push(...events);
    },
  });
  return { reviews, review, id, told, bus };
}

test("others are told once that a review was opened and how it was decided, and of no person and no word", async () => {
  const { reviews, review, id, told } = announced();
  await reviews.open(review, `callback-of-${id}`);
  await reviews.decide(id, { outcome: "approved", reason: "Hana's own words.", by: hana, roles });
  await reviews.sweep();
  const { workflow, execution, name, deadlineAt, request } = review;
  const about = {
    version: "1",
    at: expect.any(String),
    workflow,
    execution,
    review: name,
    role: request.role,
    deadlineAt,
  };
  expect(told).toEqual([
    { source: "longhaul", type: "Review Opened", detail: { ...about, id: `${id}#0` } },
    { source: "longhaul", type: "Review Decided", detail: { ...about, id: `${id}#1`, outcome: "approved" } },
  ]);
  expect(JSON.stringify(told)).not.toMatch(/hana|words/i);
});

test("what the bus did not take is told by the sweeper", async () => {
  const { reviews, review, id, told, bus } = announced();
  bus.refusing = true;
  await reviews.open(review, `callback-of-${id}`);
  await reviews.decide(id, { outcome: "rejected", reason: "It does not fit.", by: hana, roles });
  expect(told).toEqual([]);
  bus.refusing = false;
  await reviews.sweep();
  expect(told.map(({ type }) => type)).toEqual(["Review Opened", "Review Decided"]);
  await reviews.sweep();
  expect(told).toHaveLength(2);
});
