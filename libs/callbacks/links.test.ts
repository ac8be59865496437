import { afterAll, beforeAll, expect, test } from "vitest";
import { startTables } from "../../test/support/tables.ts";
import { createLinks } from "./index.ts";
import { desk, hana, noor, ravi, roles } from "./testing.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const guest = { subject: "guest@example.org", name: "Guest Gordon", email: "guest@example.org" };
const yes = { outcome: "approved" as const, reason: "Yes." };

async function linked(now?: () => number) {
  const made = desk(now ? { now } : {});
  await made.open();
  const links = createLinks({ store: made.store, reviews: made.reviews, ...(now && { now }) });
  const token = await links.issue(made.id, { by: hana, roles, to: guest });
  return { ...made, links, token };
}
const nameOf = (answer: object) =>
  "problem" in answer ? (answer.problem as { type: string }).type.split(":").at(-1) : "open";

test("a link opens one review for one person, who decides it once, and is on record with who vouched", async () => {
  const { links, token, reviews, id, execution, table } = await linked();
  expect(await links.open(token)).toMatchObject({ review: { id }, person: { name: "Guest Gordon" } });
  const { items } = await table.query({ key: "#c = :c", names: { "#c": "case" }, values: { ":c": execution } });
  expect(JSON.stringify(items)).not.toContain(token.split(".")[2]);
  const settlement = await links.decide(token, yes);
  expect(settlement).toMatchObject({ won: true });
  expect((await reviews.get(id)).decision?.by).toMatchObject({ ...guest, via: "one-person link, given by Hana Holm" });
  expect(nameOf(await links.open(token))).toBe("link-used");
  expect(nameOf(await links.decide(token, yes))).toBe("link-used");
});

test("opening a link, however often, changes nothing", async () => {
  const { links, token, store, id } = await linked();
  const before = await store.find(id);
  for (let count = 0; count < 5; count += 1) await links.open(token);
  expect(await store.find(id)).toEqual(before);
});

test("a link is dead when the review is given to somebody else, also if it comes back", async () => {
  const { links, token, reviews, id } = await linked();
  await reviews.reassign(id, { by: hana, roles, to: ravi, reason: "Yours." });
  expect(nameOf(await links.open(token))).toBe("link-revoked");
  await reviews.release(id, { by: ravi, roles });
  expect(nameOf(await links.decide(token, yes))).toBe("link-revoked");
  expect(await reviews.get(id)).toMatchObject({ status: "open" });
});

test("a link is dead at the deadline, and when somebody else has decided", async () => {
  const time = { now: Date.parse("2099-12-31T00:00:00.000Z") };
  const late = await linked(() => time.now);
  expect(nameOf(await late.links.open(late.token))).toBe("open");
  time.now = Date.parse("2100-01-01T00:00:00.000Z");
  expect(nameOf(await late.links.decide(late.token, yes))).toBe("link-expired");
  const decided = await linked();
  await decided.reviews.decide(decided.id, { ...yes, outcome: "rejected", by: ravi, roles });
  expect(nameOf(await decided.links.open(decided.token))).toBe("link-used");
});

test("what is no link of this review opens nothing, and nobody gives what is not theirs", async () => {
  const { links, token, id, execution } = await linked();
  const other = await linked();
  const secret = token.split(".")[2];
  for (const wrong of [
    "",
    "x",
    `${execution}.review-request.${"A".repeat(43)}`,
    `${other.execution}.review-request.${secret}`,
  ]) {
    expect(nameOf(await links.open(wrong))).toBe("link-unknown");
  }
  await expect(links.issue(id, { by: ravi, roles: ["auditor"], to: guest })).rejects.toMatchObject({ why: "role" });
  await expect(links.issue(id, { by: hana, roles, to: noor })).rejects.toMatchObject({ why: "own-case" });
});
