import { afterAll, beforeAll, expect, test } from "vitest";
import { createTable, type Table } from "#platform";
import { startTables } from "../../test/support/tables.ts";
import { createReviewStore, createReviews, type OpenFilter, type Review } from "./index.ts";
import { toItem } from "./item.ts";
import { desk, fakeCallbacks, hana, newReview, roles } from "./testing.ts";

const OPEN = 10_000;
const DAY = 86_400_000;
const START = Date.parse("2026-01-01T00:00:00.000Z");
const at = (days: number) => new Date(START + days * DAY).toISOString();

let tables: Awaited<ReturnType<typeof startTables>>;
/** Ten thousand open reviews of one role, a hundred of them of the workflow `purchase`. */
beforeAll(async () => {
  tables = await startTables();
  const table = createTable("longhaul-reviews");
  const role = "crowd-reviewer";
  for (let from = 0; from < OPEN; from += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, offset) => {
        const number = from + offset;
        const score = { value: (number * 7) % 101, rejectBelow: 50, approveAbove: 76, model: "m", reasons: [] };
        const review = newReview(
          { role, ...(number % 10 > 0 && { score }) },
          {
            workflow: number % 100 === 0 ? "purchase" : "training",
            openedAt: at(OPEN - number),
            deadlineAt: at(OPEN + ((number * 31) % OPEN)),
          },
        );
        const { outbox: _outbox, outboxAt: _at, ...item } = toItem(review, "callback");
        return table.put(item);
      }),
    );
  }
}, 240_000);
afterAll(() => tables.close());

/** Reviews over a table that counts what is asked of it. */
function counted() {
  const table = createTable("longhaul-reviews");
  const asked = { queries: 0 };
  const counting: Table = {
    ...table,
    query: (query) => {
      asked.queries += 1;
      return table.query(query);
    },
  };
  const reviews = createReviews({ store: createReviewStore(counting), ...fakeCallbacks() });
  return { reviews, asked };
}

const sorted = (values: (string | number)[]) => values.toSorted((one, other) => (one < other ? -1 : 1));

test.each<[string, Omit<OpenFilter, "role">, (review: Review) => boolean, (review: Review) => string | number]>([
  ["nothing", {}, () => true, ({ deadlineAt }) => deadlineAt],
  ["workflow", { workflow: "purchase" }, ({ workflow }) => workflow === "purchase", ({ deadlineAt }) => deadlineAt],
  [
    "age",
    { opened: { from: at(100), to: at(300) } },
    ({ openedAt }) => openedAt >= at(100) && openedAt <= at(300),
    ({ openedAt }) => openedAt,
  ],
  [
    "deadline",
    { deadline: { to: at(OPEN + 500) } },
    ({ deadlineAt }) => deadlineAt <= at(OPEN + 500),
    ({ deadlineAt }) => deadlineAt,
  ],
  [
    "score",
    { score: { from: 50, to: 76 } },
    ({ request: { score } }) => score !== undefined && score.value >= 50 && score.value <= 76,
    ({ request: { score } }) => score?.value ?? -1,
  ],
  [
    "workflow and score",
    { workflow: "purchase", order: "age" },
    ({ workflow }) => workflow === "purchase",
    ({ openedAt }) => openedAt,
  ],
])("of ten thousand open reviews a page by %s is one query, full and in order", async (_, filter, fits, key) => {
  const { reviews, asked } = counted();
  const first = await reviews.list({ role: "crowd-reviewer", ...filter }, { limit: 25 });
  const second = await reviews.list(
    { role: "crowd-reviewer", ...filter },
    { limit: 25, ...(first.next && { after: first.next }) },
  );
  expect(asked.queries).toBe(2);
  const both = [...first.reviews, ...second.reviews];
  expect(both).toHaveLength(50);
  expect(both.every(fits)).toBe(true);
  expect(both.map(key)).toEqual(sorted(both.map(key)));
  expect(new Set(both.map(({ id }) => id)).size).toBe(50);
});

test("further bounds sift what was read, and paging on finds all that fit", async () => {
  const { reviews } = counted();
  const filter = { role: "crowd-reviewer", score: { from: 99 }, opened: { from: at(5_000) } };
  const found: Review[] = [];
  let after: string | undefined;
  do {
    const page = await reviews.list(filter, { limit: 100, ...(after && { after }) });
    found.push(...page.reviews);
    after = page.next;
  } while (after);
  expect((await reviews.list(filter, { limit: 20 })).reviews).toHaveLength(20);
  const expected = Array.from({ length: OPEN }, (_, number) => number).filter(
    (number) => number % 10 > 0 && (number * 7) % 101 >= 99 && OPEN - number >= 5_000,
  );
  expect(found).toHaveLength(expected.length);
});

test("where hardly anything fits, a page ends after two thousand reviews that were read, says so, and goes on", async () => {
  const { reviews, asked } = counted();
  const keep = ({ openedAt }: Review) => openedAt === at(OPEN - 2_550);
  const filter = { role: "crowd-reviewer", order: "age" as const, backwards: true, keep };
  const first = await reviews.list(filter, { limit: 5 });
  expect(first).toMatchObject({ reviews: [], stopped: true });
  expect(asked.queries).toBe(20);
  const second = await reviews.list(filter, { limit: 5, ...(first.next && { after: first.next }) });
  expect(second.reviews).toHaveLength(1);
});

test("of several roles one page is one query each, sorted together, and paging on shows each review once", async () => {
  const { reviews, asked } = counted();
  const small = desk({ request: { role: "small-reviewer" } });
  for (const [number, days] of [OPEN + 1, OPEN + 3, OPEN + 900].entries()) {
    const review = { ...newReview({ role: "small-reviewer" }), deadlineAt: at(days), openedAt: at(number) };
    await small.reviews.open(review, "callback");
  }
  const filter = { role: ["crowd-reviewer", "small-reviewer", "nobody"] };
  const found: Review[] = [];
  let after: string | undefined;
  for (let page = 0; page < 3; page += 1) {
    const before = asked.queries;
    const { reviews: some, next } = await reviews.list(filter, { limit: 4, ...(after && { after }) });
    expect(asked.queries - before).toBeLessThanOrEqual(3);
    found.push(...some);
    after = next;
  }
  expect(found).toHaveLength(12);
  expect(new Set(found.map(({ id }) => id)).size).toBe(12);
  expect(found.map(({ deadlineAt }) => deadlineAt)).toEqual(sorted(found.map(({ deadlineAt }) => deadlineAt)));
  expect(found.filter(({ request }) => request.role === "small-reviewer")).toHaveLength(2);
  for (const role of ["crowd-reviewer", ["crowd-reviewer", "small-reviewer"]])
    await expect(async () => reviews.list({ role, order: "age" }, { ...(after && { after }) })).rejects.toThrow(
      /after/,
    );
});

test("open reviews are counted from their keys, those past a moment too", async () => {
  const { reviews } = counted();
  expect(await reviews.count("crowd-reviewer")).toBe(OPEN);
  expect(await reviews.count("crowd-reviewer", at(OPEN + 500))).toBe(500);
  expect(await reviews.count("nobody")).toBe(0);
});

test("a page's end of another list, or a forged one, is refused", async () => {
  const { reviews } = counted();
  const { next = "" } = await reviews.list({ role: "crowd-reviewer" });
  for (const [role, after] of [
    ["hr-reviewer", next],
    ["crowd-reviewer", "nonsense"],
    ["crowd-reviewer", Buffer.from('{"inbox":"crowd-reviewer","case":1}').toString("base64url")],
  ] as const) {
    await expect(async () => reviews.list({ role }, { after })).rejects.toThrow(/after/);
  }
});

test("an ended review leaves every list of open ones, and stands among the ended of its workflow", async () => {
  const role = `leaving-${crypto.randomUUID()}`;
  const { reviews, open, id } = desk({ request: { role } });
  await open();
  await reviews.claim(id, { by: hana, roles: [role] });
  expect(await reviews.count(role)).toBe(1);
  await reviews.decide(id, { outcome: "approved", reason: "Yes.", by: hana, roles: [role, ...roles] });
  const lists = [
    reviews.list({ role }),
    reviews.list({ role, workflow: "training" }),
    reviews.list({ role, order: "score" }),
  ];
  expect((await Promise.all(lists)).flatMap((page) => page.reviews)).toEqual([]);
  expect([await reviews.count(role), (await reviews.assignedTo(hana)).reviews]).toEqual([0, []]);
  expect((await reviews.settled("training")).reviews.map((review) => review.id)).toContain(id);
});
