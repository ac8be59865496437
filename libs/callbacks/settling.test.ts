import { afterAll, beforeAll, expect, test } from "vitest";
import { createTable } from "#platform";
import { startTables } from "../../test/support/tables.ts";
import { createReviewStore, createReviews, type Decision, type Review } from "./index.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const hana = { subject: "hana", name: "Hana Holm", email: "hana.holm@example.com" };
const ravi = { subject: "ravi", name: "Ravi Rao", email: "ravi.rao@example.com" };
const roles = ["hr-reviewer"];
let count = 0;

/** Reviews on a real table; what would be sent to executions is kept in `sent`. */
async function setUp(
  options: { answerCallback?: () => Promise<boolean>; now?: () => number; requester?: string } = {},
) {
  const sent: { callbackId: string; decision: Decision }[] = [];
  const store = createReviewStore(createTable("longhaul-reviews"));
  const reviews = createReviews({
    store,
    answerCallback: async (callbackId, decision) => {
      const taken = (await options.answerCallback?.()) ?? true;
      sent.push({ callbackId, decision });
      return taken;
    },
    ...(options.now && { now: options.now }),
  });
  const execution = `training-${++count}`;
  const review: Review = {
    id: `${execution}.review-request`,
    workflow: "training",
    execution,
    executionArn: `arn:aws:lambda:eu-west-1:000000000000:function:longhaul-training:1/durable-execution/${execution}/1`,
    name: "review-request",
    request: {
      title: "Training request",
      concern: "Grey.",
      facts: [],
      role: "hr-reviewer",
      ...(options.requester && { requester: options.requester }),
    },
    openedAt: new Date(0).toISOString(),
    deadlineAt: "2100-01-01T00:00:00.000Z",
    status: "open",
    delivered: false,
    audit: [],
  };
  return { reviews, store, review, sent, open: () => reviews.open(review, "secret-callback-id") };
}

test("a decision is recorded, delivered and audited", async () => {
  const { reviews, review, sent, open } = await setUp();
  await open();
  const settlement = await reviews.decide(review.id, { outcome: "approved", reason: " It fits. ", by: hana, roles });
  expect(settlement).toMatchObject({
    won: true,
    review: { status: "decided", delivered: true, decision: { outcome: "approved", by: hana, reason: "It fits." } },
  });
  expect(settlement.review.audit.map(({ act, by }) => [act, by])).toEqual([
    ["decided", "Hana Holm"],
    ["delivered", "Longhaul"],
  ]);
  expect(sent).toEqual([{ callbackId: "secret-callback-id", decision: settlement.review.decision }]);
});

test("of a hundred people who decide at once exactly one wins, and the others are told who did", async () => {
  const { reviews, review, sent, open } = await setUp();
  await open();
  const people = Array.from({ length: 100 }, (_, index) => ({ subject: `p${index}`, name: `Person ${index}` }));
  const settlements = await Promise.all(
    people.map((by, index) =>
      reviews.decide(review.id, { outcome: index % 2 ? "approved" : "rejected", reason: "Because.", by, roles }),
    ),
  );
  const winners = settlements.filter(({ won }) => won);
  expect(winners).toHaveLength(1);
  expect(new Set(settlements.map((settlement) => settlement.review.decision?.by?.name))).toEqual(
    new Set([winners[0]?.review.decision?.by?.name]),
  );
  expect(sent).toHaveLength(1);
});

test("a decision whose delivery failed stands, and the sweeper delivers it", async () => {
  let reachable = false;
  const { reviews, review, sent, open } = await setUp({
    answerCallback: async () => {
      if (!reachable) throw new Error("no connection");
      return true;
    },
  });
  await open();
  const settlement = await reviews.decide(review.id, { outcome: "rejected", reason: "No.", by: ravi, roles });
  expect(settlement).toMatchObject({
    won: true,
    delivery: "pending",
    review: { status: "decided", delivered: false },
  });
  reachable = true;
  expect(await reviews.sweep()).toBe(1);
  expect(sent.map(({ decision }) => decision.outcome)).toEqual(["rejected"]);
  expect(await reviews.sweep()).toBe(0);
  expect(await reviews.get(review.id)).toMatchObject({ delivered: true });
});

test("a decision that nothing waits for any more is not called delivered", async () => {
  const { reviews, review, open } = await setUp({ answerCallback: async () => false });
  await open();
  const answer = { outcome: "approved" as const, reason: "Yes.", by: hana, roles };
  const { review: settled, delivery } = await reviews.decide(review.id, answer);
  expect([settled.delivered, delivery]).toEqual([false, "undeliverable"]);
  expect(settled.audit.at(-1)?.act).toBe("undeliverable");
  expect(await reviews.sweep()).toBe(0);
});

test("nobody decides their own case, or without the role", async () => {
  const { reviews, review, open, sent } = await setUp({ requester: "Hana.Holm@example.com" });
  await open();
  const answer = { outcome: "approved" as const, reason: "Mine.", by: hana, roles };
  await expect(reviews.decide(review.id, answer)).rejects.toMatchObject({ code: "NOT_PERMITTED", why: "own-case" });
  await expect(reviews.decide(review.id, { ...answer, by: ravi, roles: ["auditor"] })).rejects.toMatchObject({
    code: "NOT_PERMITTED",
    why: "role",
  });
  expect(await reviews.get(review.id)).toMatchObject({ status: "open" });
  expect(sent).toEqual([]);
});

test("a decision needs a reason", async () => {
  const { reviews, review, open } = await setUp();
  await open();
  await expect(reviews.decide(review.id, { outcome: "approved", reason: "  ", by: hana, roles })).rejects.toMatchObject(
    { code: "INVALID_DECISION" },
  );
});

test("a decision after the deadline expires the review and approves nothing", async () => {
  const { reviews, review, open } = await setUp({ now: () => Date.parse("2100-01-01T00:00:00.000Z") });
  await open();
  const settlement = await reviews.decide(review.id, { outcome: "approved", reason: "Late.", by: hana, roles });
  expect(settlement).toMatchObject({ won: false, review: { status: "expired", decision: { outcome: "expired" } } });
});

test("an expiry that comes after a person's decision answers with the person's decision", async () => {
  const { reviews, review, open } = await setUp();
  await open();
  await reviews.decide(review.id, { outcome: "approved", reason: "In time.", by: hana, roles });
  expect(await reviews.expire(review.id)).toMatchObject({ outcome: "approved", by: hana });
});

test("withdrawing ends an open review and one that is opened later", async () => {
  const { reviews, review, open, sent } = await setUp();
  await open();
  expect(await reviews.withdraw(review.execution, "Replaced.")).toHaveLength(1);
  const later = { ...review, id: `${review.execution}.second`, name: "second" };
  await reviews.open(later, "another");
  expect(await reviews.get(later.id)).toMatchObject({ status: "withdrawn" });
  expect(sent.map(({ decision }) => decision.outcome)).toEqual(["withdrawn", "withdrawn"]);
  expect(await reviews.decide(review.id, { outcome: "approved", reason: "Yes.", by: hana, roles })).toMatchObject({
    won: false,
    review: { status: "withdrawn" },
  });
});

test("opening again changes nothing", async () => {
  const { reviews, review, open } = await setUp();
  await open();
  await reviews.decide(review.id, { outcome: "approved", reason: "Yes.", by: hana, roles });
  await open();
  expect(await reviews.get(review.id)).toMatchObject({ status: "decided" });
});

test("the inbox lists open reviews of a role by deadline, page by page, and no callback id", async () => {
  const { reviews, review } = await setUp();
  const role = "inbox-reviewer";
  for (const [index, deadlineAt] of [
    "2031-01-01T00:00:00.000Z",
    "2030-01-01T00:00:00.000Z",
    "2032-01-01T00:00:00.000Z",
  ].entries()) {
    const id = `${review.execution}-${index}.review-request`;
    await reviews.open(
      { ...review, id, execution: `${review.execution}-${index}`, deadlineAt, request: { ...review.request, role } },
      "secret",
    );
  }
  const first = await reviews.listOpen(role, { limit: 2 });
  const second = await reviews.listOpen(role, { limit: 2, ...(first.next && { after: first.next }) });
  expect([...first.reviews, ...second.reviews].map(({ deadlineAt }) => deadlineAt.slice(0, 4))).toEqual([
    "2030",
    "2031",
    "2032",
  ]);
  expect(JSON.stringify([first, second])).not.toContain("secret");
  await expect(reviews.listOpen(role, { after: "nonsense" })).rejects.toThrow(/after/);
});

test("an id that cannot be one finds no review", async () => {
  const { reviews } = await setUp();
  for (const id of ["", "../x", "a.b.c", "training-1.UPPER", "x".repeat(2_000)]) {
    await expect(reviews.get(id)).rejects.toMatchObject({ code: "REVIEW_NOT_FOUND" });
  }
});
