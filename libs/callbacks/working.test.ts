import { afterAll, beforeAll, expect, test } from "vitest";
import { createTable } from "#platform";
import { startTables } from "../../test/support/tables.ts";
import { createDelegations, createReviews, problemOf, type ReviewAnswer, versionOf } from "./index.ts";
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

const people = (...names: string[]) =>
  names.map((name) => ({ subject: `${name}-${crypto.randomUUID()}`, name, email: `${name}@example.com` }));
const lending = { roles, held: roles, begins: "2026-01-01T00:00:00.000Z", ends: "2099-01-01T00:00:00.000Z" };

test("for an absence a role is lent: the delegate decides on behalf of its holder, and both are on record", async () => {
  const delegations = createDelegations({ table: createTable("longhaul-reviews") });
  const [holder, delegate, further] = people("holder", "delegate", "further");
  if (!holder || !delegate || !further) throw new Error("Three were named.");
  await delegations.delegate({ from: holder, to: delegate, ...lending });
  await delegations.delegate({ from: delegate, to: further, ...lending, held: [] });
  const { reviews, id } = await opened({ delegations });
  const { review } = await reviews.decide(id, { ...approve, by: further, roles: [] });
  expect(review.decision).toMatchObject({ by: further, onBehalfOf: [delegate, holder] });
  expect(review.audit.find(({ act }) => act === "decided")?.details).toMatchObject({
    role: "hr-reviewer",
    delegations: 2,
  });

  await delegations.revoke(holder, delegate);
  const other = await opened({ delegations });
  await expect(other.reviews.decide(other.id, { ...approve, by: further, roles: [] })).rejects.toMatchObject({
    why: "role",
  });
});

test("what is not lent, not yet, or no more, is not held", async () => {
  const table = createTable("longhaul-reviews");
  const time = { now: Date.parse("2026-06-01T00:00:00.000Z") };
  const delegations = createDelegations({ table, now: () => time.now });
  const [holder, delegate, further] = people("holder", "delegate", "further");
  if (!holder || !delegate || !further) throw new Error("Three were named.");
  const june = { begins: "2026-06-10T00:00:00.000Z", ends: "2026-06-20T00:00:00.000Z" };
  await delegations.delegate({ from: holder, to: delegate, roles: ["hr-reviewer"], held: ["hr-reviewer"], ...june });
  await delegations.delegate({
    from: delegate,
    to: further,
    roles: ["hr-reviewer", "auditor"],
    held: ["auditor"],
    ...june,
  });
  const held = async (day: string) => {
    time.now = Date.parse(`2026-06-${day}T00:00:00.000Z`);
    return (await delegations.lentTo(further)).map(({ role }) => role);
  };
  expect(await held("01")).toEqual([]);
  expect(await held("15")).toEqual(["auditor", "hr-reviewer"]);
  expect(await held("20")).toEqual([]);
});

test("a chain of delegations is bounded and never a circle", async () => {
  const delegations = createDelegations({ table: createTable("longhaul-reviews") });
  const [a, b, c, d, e] = people("a", "b", "c", "d", "e");
  if (!a || !b || !c || !d || !e) throw new Error("Five were named.");
  await delegations.delegate({ from: a, to: b, ...lending });
  await delegations.delegate({ from: b, to: c, ...lending });
  await expect(delegations.delegate({ from: c, to: a, ...lending })).rejects.toThrow(/circle/);
  await expect(delegations.delegate({ from: a, to: a, ...lending })).rejects.toThrow(/another person/);
  await delegations.delegate({ from: c, to: d, ...lending });
  await expect(delegations.delegate({ from: d, to: e, ...lending })).rejects.toThrow(/at most 3/);
  await expect(delegations.delegate({ from: a, to: e, ...lending, ends: lending.begins })).rejects.toThrow(/ends/);
  await expect(delegations.delegate({ from: e, to: a, ...lending, held: [] })).rejects.toThrow(/got hr-reviewer/);
  expect((await delegations.lentTo(d)).map(({ onBehalfOf }) => onBehalfOf.map(({ name }) => name).join(""))).toEqual([
    ...["c", "cb", "cba"],
  ]);
});

test("a delegate decides neither the holder's own case nor as the holder's second pair of eyes", async () => {
  const delegations = createDelegations({ table: createTable("longhaul-reviews") });
  const [holder, delegate] = people("holder", "delegate");
  if (!holder || !delegate) throw new Error("Two were named.");
  await delegations.delegate({ from: holder, to: delegate, ...lending });
  const own = await opened({ delegations, request: { requester: holder.email } });
  const answer = { ...approve, by: delegate, roles: [] };
  await expect(own.reviews.decide(own.id, answer)).rejects.toMatchObject({ why: "own-case" });
  const two = await opened({ delegations, request: { quorum: 2 } });
  await two.reviews.decide(two.id, { ...approve, by: holder });
  await expect(two.reviews.decide(two.id, answer)).rejects.toMatchObject({ why: "same-person" });
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

test("a review that is addressed to one holder of the role is theirs alone, until it is escalated", async () => {
  const request = { addressee: hana.email };
  const { reviews, id, review, store } = await opened({ request });
  await expect(reviews.decide(id, { ...approve, by: ravi })).rejects.toMatchObject({ why: "addressee" });
  await expect(reviews.claim(id, { by: ravi, roles })).rejects.toMatchObject({ why: "addressee" });
  // Whoever holds the role that it is escalated to decides it; its first role's other holders still do not.
  await store.act(id, {
    entry: { act: "escalated", at: review.openedAt, by: "Longhaul" },
    set: { escalatedTo: "compliance-officer" },
  });
  await expect(reviews.decide(id, { ...approve, by: ravi })).rejects.toMatchObject({ why: "addressee" });
  const officer = { ...approve, by: { subject: "clara", name: "Clara Conte" }, roles: ["compliance-officer"] };
  expect((await reviews.decide(id, officer)).won).toBe(true);

  const own = await opened({ request });
  expect((await own.reviews.decide(own.id, approve)).won).toBe(true);
});
