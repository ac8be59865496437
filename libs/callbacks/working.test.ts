import { afterAll, beforeAll, expect, test } from "vitest";
import { startTables } from "../../test/support/tables.ts";
import { createReviews, problemOf, type ReviewAnswer, versionOf } from "./index.ts";
import { tellApplicant } from "./tell-applicant.ts";
import { desk, hana, noor, ravi, roles } from "./testing.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const approve = { outcome: "approved" as const, reason: "It fits.", by: hana, roles };
const DEADLINE = "2100-01-01T00:00:00.000Z";

async function opened(options: Parameters<typeof desk>[0] = {}) {
  const made = desk(options);
  await made.open();
  return made;
}

test("late, duplicate, decided by another, withdrawn, superseded: each has its own truthful answer", async () => {
  const { reviews, id } = await opened();
  const won = await reviews.decide(id, approve);
  expect([won.won, problemOf(won)]).toEqual([true, undefined]);
  const told = async (one: ReturnType<typeof desk>, answer: ReviewAnswer) =>
    problemOf(await one.reviews.decide(one.id, answer));
  const first = { reviews, id } as ReturnType<typeof desk>;
  expect(await told(first, approve)).toMatchObject({ type: "urn:longhaul:problem:review-decided-by-you", status: 409 });
  expect(await told(first, { ...approve, by: ravi })).toMatchObject({
    type: "urn:longhaul:problem:review-decided",
    detail: expect.stringMatching(/^Hana Holm approved it at 20/),
  });

  const withdrawn = await opened();
  await withdrawn.reviews.withdraw(withdrawn.execution, "A corrected request has come.");
  expect(await told(withdrawn, approve)).toMatchObject({
    status: 410,
    detail: expect.stringContaining("A corrected request has come."),
  });

  const superseded = await opened();
  await superseded.reviews.decide(superseded.id, approve);
  const entry = { act: "superseded" as const, at: "2026-12-01T00:00:00.000Z", by: "Longhaul" };
  await superseded.store.act(superseded.id, { entry, set: { supersededBy: "training-later-r2" } });
  expect(await told(superseded, { ...approve, by: ravi })).toMatchObject({
    type: "urn:longhaul:problem:review-superseded",
    status: 410,
    supersededBy: "training-later-r2",
  });

  const late = await opened({ now: () => Date.parse(DEADLINE) });
  expect(await told(late, approve)).toMatchObject({
    type: "urn:longhaul:problem:review-expired",
    detail: expect.stringMatching(/no approval\. Your decision has been kept/),
  });
});

test("a late decision is kept once for each person, and decides nothing", async () => {
  const { reviews, id, callbacks } = await opened({ now: () => Date.parse(DEADLINE) });
  await Promise.all([approve, { ...approve, by: ravi }].map((answer) => reviews.decide(id, answer)));
  await reviews.decide(id, { ...approve, outcome: "rejected" });
  const review = await reviews.get(id);
  expect(review.late?.map(({ by, outcome }) => `${by?.name} ${outcome}`).sort()).toEqual([
    "Hana Holm approved",
    "Ravi Rao approved",
  ]);
  expect([...callbacks.taken.values()].map(({ outcome }) => outcome)).toEqual(["expired"]);
});

test("who has claimed a review has it to themselves, until it is released, taken over or reassigned", async () => {
  const { reviews, id } = await opened();
  expect(await reviews.claim(id, { by: hana, roles })).toMatchObject({ assignee: hana });
  expect((await reviews.assignedTo(hana)).reviews.map((review) => review.id)).toContain(id);
  const byRavi = { by: ravi, roles };
  await expect(reviews.decide(id, { ...approve, by: ravi })).rejects.toMatchObject({ why: "claimed" });
  await expect(reviews.claim(id, byRavi)).rejects.toMatchObject({ why: "claimed" });
  await expect(reviews.release(id, byRavi)).rejects.toMatchObject({ why: "claimed" });
  await expect(reviews.release(id, { by: hana, roles: [] })).rejects.toMatchObject({ why: "role" });
  await reviews.release(id, { by: hana, roles });
  await expect(reviews.release(id, { by: ravi, roles: [] })).rejects.toMatchObject({ why: "role" });
  await reviews.claim(id, byRavi);
  await reviews.claim(id, { by: hana, roles, takeOver: true });
  await reviews.reassign(id, { by: hana, roles, to: ravi, reason: "I am away." });
  await expect(reviews.decide(id, approve)).rejects.toMatchObject({ why: "claimed" });
  const { review } = await reviews.decide(id, { ...approve, by: ravi });
  expect(review.audit.map(({ act }) => act)).toEqual([
    ...["opened", "claimed", "released", "claimed", "claimed", "reassigned", "decided", "delivered"],
  ]);
  expect((await reviews.assignedTo(ravi)).reviews.map((one) => one.id)).not.toContain(id);
});

test("of ten people who claim at once exactly one has it", async () => {
  const { reviews, id } = await opened();
  const people = Array.from({ length: 10 }, (_, index) => ({ subject: `p${index}`, name: `Person ${index}` }));
  const outcomes = await Promise.allSettled(people.map((by) => reviews.claim(id, { by, roles })));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a case is not given to its applicant, nor to whom the workflow excluded, and they cannot decide it", async () => {
  const { reviews, id } = await opened({ request: { mayNotDecide: ["ravi.rao@example.com"] } });
  for (const to of [noor, ravi]) {
    const given = reviews.reassign(id, { by: hana, roles, to, reason: "Yours." });
    await expect(given).rejects.toMatchObject({ why: "excluded" });
  }
  await expect(reviews.decide(id, { ...approve, by: ravi })).rejects.toMatchObject({ why: "excluded" });
  await expect(reviews.decide(id, { ...approve, by: noor })).rejects.toMatchObject({ why: "own-case" });
});

test("what changed since a person was shown it is not decided blindly", async () => {
  const { reviews, id } = await opened();
  const version = versionOf(await reviews.get(id));
  await reviews.ask(id, { by: ravi, roles, text: "Which course?" });
  await expect(reviews.decide(id, { ...approve, version })).rejects.toMatchObject({ code: "VIEW_OUTDATED" });
  const current = versionOf(await reviews.get(id));
  expect(await reviews.decide(id, { ...approve, version: current })).toMatchObject({ won: true });
});

test("only the applicant answers, and only what was asked", async () => {
  const { reviews, id } = await opened();
  await expect(reviews.answer(id, { by: noor, text: "B2." })).rejects.toMatchObject({ code: "INVALID_DECISION" });
  await reviews.ask(id, { by: hana, roles, text: "Which course?" });
  await expect(reviews.answer(id, { by: ravi, text: "B2." })).rejects.toMatchObject({ why: "applicant" });
  expect(await reviews.answer(id, { by: noor, text: "B2." })).toMatchObject({ round: 2 });
});

test("an agreement is to what was known: the applicant's answer voids it", async () => {
  const { reviews, id } = await opened({ request: { quorum: 2 } });
  await reviews.decide(id, approve);
  await reviews.ask(id, { by: ravi, roles, text: "Which course?" });
  await reviews.answer(id, { by: noor, text: "B2." });
  expect(await reviews.decide(id, { ...approve, by: ravi })).toMatchObject({
    waitingFor: 1,
    review: { status: "open" },
  });
  const { review } = await reviews.decide(id, approve);
  expect(review).toMatchObject({ status: "decided", decision: { by: hana, with: [{ name: "Ravi Rao" }], round: 2 } });
});

test("an ended review is worked on no more", async () => {
  const { reviews, id } = await opened();
  await reviews.decide(id, approve);
  const acts = [reviews.claim(id, { by: hana, roles }), reviews.comment(id, { by: hana, roles, text: "More." })];
  for (const act of acts) await expect(act).rejects.toMatchObject({ code: "REVIEW_ENDED" });
});

test("a bulk decision checks each review by itself", async () => {
  const [fine, own, ended, claimed, changed] = await Promise.all([
    opened(),
    opened({ request: { requester: hana.email } }),
    opened(),
    opened(),
    opened(),
  ]);
  if (!fine || !own || !ended || !claimed || !changed) throw new Error("Five were opened.");
  await ended.reviews.decide(ended.id, { ...approve, by: ravi });
  await claimed.reviews.claim(claimed.id, { by: ravi, roles });
  const ids = [fine.id, own.id, ended.id, claimed.id, "no.such", fine.id].map((id) => ({ id }));
  const outcomes = await fine.reviews.decideAll([...ids, { id: changed.id, version: "as it was" }], approve);
  expect(outcomes.map((one) => ("error" in one ? one.error.code : (one.settlement.why ?? one.settlement.won)))).toEqual(
    [...[true, "NOT_PERMITTED", "decided", "NOT_PERMITTED", "REVIEW_NOT_FOUND", "VIEW_OUTDATED"]],
  );
  const many = Array.from({ length: 101 }, (_, index) => ({ id: `a.b${index}` }));
  await expect(fine.reviews.decideAll(many, approve)).rejects.toThrow(/at most 100/);
});

test("a step that runs twice notes, reminds and escalates once", async () => {
  const { reviews, id } = await opened();
  for (const step of [
    () => reviews.told(id),
    () => reviews.reminded(id, 1),
    () => reviews.reminded(id, 2),
    () => reviews.escalate(id, "compliance-officer"),
  ]) {
    await step();
    await step();
  }
  expect((await reviews.get(id)).audit.map(({ act }) => act)).toEqual([
    "opened",
    "told",
    "reminded",
    "reminded",
    "escalated",
  ]);
});

test("the applicant is told by mail that there is a question, and a mail that fails takes no question back", async () => {
  const { store, review, open, id } = await opened();
  await open();
  const told: string[] = [];
  const failing = createReviews({
    store,
    answerCallback: async () => true,
    tellApplicant: async ({ request }) => {
      told.push(String(request.requester));
      throw new Error("mailbox full");
    },
  });
  expect(await failing.ask(id, { by: hana, roles, text: "Which course?" })).toMatchObject({
    questions: [{ by: hana }],
  });
  expect(told).toEqual([review.request.requester]);
  expect(await tellApplicant(await store.get(id), {})).toEqual({ told: false });
});

test("all reviews of a case are found, however many pages of the table they fill", async () => {
  const { over, table, review, reviews, execution } = await opened();
  for (const name of ["second", "third"])
    await reviews.open({ ...review, id: `${execution}.${name}`, name }, `callback-of-${name}`);
  const one = over({ ...table, query: (query) => table.query({ ...query, limit: 1 }) });
  expect((await one.ofCase(execution)).map(({ name }) => name).sort()).toEqual([review.name, "second", "third"].sort());
});
