import { afterAll, beforeAll, expect, test } from "vitest";
import { startTables } from "../../test/support/tables.ts";
import type { ReviewRequest } from "./index.ts";
import { desk, hana, noor, ravi, roles } from "./testing.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const score = (levels: Record<string, number>, more = {}): Partial<ReviewRequest> => ({
  score: {
    value: 60,
    rejectBelow: 50,
    approveAbove: 76,
    model: "m",
    reasons: Object.entries(levels).map(([criterion, level]) => ({ criterion, level, reason: "So.", quotation: null })),
    ...more,
  },
});
const workflow = () => `w${crypto.randomUUID().slice(0, 8)}`;

/** A review of a workflow with these levels; decided, where an outcome is given. */
async function review(of: string, request: Partial<ReviewRequest>, outcome?: "approved" | "rejected") {
  const one = desk({ request });
  one.review.workflow = of;
  await one.open();
  if (outcome) await one.reviews.decide(one.id, { outcome, reason: "Noor Nasser asked.", by: hana, roles });
  return one;
}

test("similar decisions are those of people on the same workflow, by the same criteria, nearest first: one query", async () => {
  const of = workflow();
  await review(of, score({ fit: 60, reasons: 50 }), "approved");
  await review(of, score({ fit: 50, reasons: 50 }), "rejected");
  await review(of, score({ fit: 100, reasons: 100 }), "approved");
  await review(of, score({ fit: 60 }), "approved");
  await review(of, { ...score({ fit: 60, reasons: 50 }), role: "compliance-officer" });
  await review(workflow(), score({ fit: 60, reasons: 50 }), "approved");
  await review(of, score({ fit: 60, reasons: 50 }, { isUnusable: true }), "approved");
  const asked = await review(of, score({ fit: 65, reasons: 50 }));
  const queries: number[] = [];
  const table = {
    ...asked.table,
    query: (query: Parameters<typeof asked.table.query>[0]) => {
      queries.push(query.limit ?? Number.POSITIVE_INFINITY);
      return asked.table.query(query);
    },
  };
  const similar = await asked.over(table).similarTo(asked.review);
  expect(similar.map(({ outcome, distance }) => [outcome, distance])).toEqual([
    ["approved", 2.5],
    ["rejected", 7.5],
  ]);
  expect(queries).toEqual([200]);
});

test("what is kept to compare with names nobody and repeats no words", async () => {
  const of = workflow();
  const { table } = await review(of, score({ fit: 60 }), "approved");
  const { items } = await table.query({
    key: "#case = :case",
    names: { "#case": "case" },
    values: { ":case": `~decided#${of}#review-request` },
  });
  expect(items).toHaveLength(1);
  for (const word of [hana.name, hana.subject, noor.email, "Noor", "So."]) {
    expect(JSON.stringify(items)).not.toContain(word);
  }
});

test("a decision whose place a later one has taken is no example any more", async () => {
  const of = workflow();
  const { store, id, reviews } = await review(of, score({ fit: 60 }), "approved");
  const asked = await review(of, score({ fit: 60 }));
  expect(await reviews.similarTo(asked.review)).toHaveLength(1);
  const entry = { act: "superseded" as const, at: new Date().toISOString(), by: "Longhaul" };
  await store.act(id, { entry, set: { supersededBy: "other" } });
  await reviews.sweep();
  expect(await reviews.similarTo(asked.review)).toEqual([]);
});

test("a reason code belongs to the option that is chosen, and is kept with the decision, in the chain too", async () => {
  const request = {
    options: [
      { id: "approve", label: "Approve", outcome: "approved" as const, reasons: { fits: "Fits" } },
      { id: "reject", label: "Reject", outcome: "rejected" as const, reasons: { dear: "Too dear" } },
    ],
  };
  const { reviews, open, id, execution } = desk({ request });
  await open();
  const answer = { outcome: "approved" as const, reason: "It fits.", by: ravi, roles };
  await expect(reviews.decide(id, { ...answer, code: "dear" })).rejects.toThrow(/`code` to be one of fits/);
  await reviews.decide(id, { ...answer, code: "fits" });
  expect((await reviews.get(id)).decision).toMatchObject({ code: "fits" });
  expect((await reviews.history(execution)).find(({ act }) => act === "decided")?.details).toMatchObject({
    code: "fits",
  });
  await reviews.erase(execution, hana, "Asked for.");
  expect((await reviews.get(id)).decision).toMatchObject({ code: "fits" });
  expect((await reviews.verify(execution)).valid).toBe(true);
});
