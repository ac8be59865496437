import { afterAll, beforeAll, expect, test } from "vitest";
import { createTable } from "#platform";
import { startTables } from "../../test/support/tables.ts";
import { createDelegations } from "./index.ts";
import { desk, hana, ravi, roles } from "./testing.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const approve = { outcome: "approved" as const, reason: "It fits.", by: hana, roles };

async function opened(options: Parameters<typeof desk>[0] = {}) {
  const made = desk(options);
  await made.open();
  return made;
}

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
