import { afterAll, beforeAll, expect, test } from "vitest";
import { createMailboxes } from "#signals";
import { startTables } from "../../../test/support/tables.ts";
import { mintToken } from "../external/token.ts";
import {
  type CaseExport,
  createCallbackReceiver,
  createCases,
  createExternalCalls,
  exportPage,
  verifyExport,
  versionOf,
} from "../index.ts";
import { desk, fakeCallbacks, hana, noor, ravi, roles } from "../testing.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const auditor = { subject: "ada", name: "Ada Audit", via: "openid https://login" };
const approve = { outcome: "approved" as const, reason: "It fits.", by: hana, roles };

/** A case with a life: shown, claimed, commented, asked, answered, agreed, decided. */
async function lived() {
  const made = desk({ request: { quorum: 2 } });
  const { reviews, id, open } = made;
  await open();
  await reviews.told(id);
  await reviews.shown(id, hana);
  await reviews.claim(id, { by: hana, roles });
  await reviews.comment(id, { by: hana, roles, text: "Looks right." });
  await reviews.ask(id, { by: hana, roles, text: "Which course?" });
  await reviews.answer(id, { by: noor, text: "B2." });
  const version = versionOf(await reviews.get(id));
  await reviews.decide(id, { ...approve, version });
  await reviews.decide(id, { ...approve, by: ravi });
  return made;
}

test("every act is an entry of the case's chain, in order, with who, how they were known, and what they were shown", async () => {
  const { reviews, execution, store } = await lived();
  const history = await reviews.history(execution);
  expect(history.map(({ act, by }) => `${act} ${by}`)).toEqual([
    "opened Longhaul",
    "told Longhaul",
    "shown Hana Holm",
    "claimed Hana Holm",
    "commented Hana Holm",
    "asked Hana Holm",
    "answered Noor Nasser",
    "agreed Hana Holm",
    "decided Ravi Rao",
    "delivered Longhaul",
  ]);
  const entries = await store.chain.entries(execution);
  const shown = entries.find(({ act }) => act === "shown");
  const agreed = entries.find(({ act }) => act === "agreed");
  expect(shown?.version).toMatch(/^[0-9a-f]{64}$/);
  // Hana was shown the case before the applicant had answered; what she agreed to is another version.
  expect(agreed?.version).toMatch(/^[0-9a-f]{64}$/);
  expect(agreed?.version).not.toBe(shown?.version);
  // Ravi did not say what he was shown: nothing is made up.
  expect(entries.find(({ act }) => act === "decided")).not.toHaveProperty("version");
  const records = [...(await store.chain.personal(execution)).values()].map(({ record }) => record);
  expect(records.find(({ subject }) => subject === "hana")?.via).toBe("openid https://login");
  expect(JSON.stringify(entries)).not.toMatch(/Hana|Noor|hana|B2|fits/);
});

test("showing the same version to the same person twice is one entry", async () => {
  const { reviews, open, id, execution } = desk();
  await open();
  await Promise.all([1, 2, 3].map(() => reviews.shown(id, hana)));
  await reviews.shown(id, ravi);
  expect((await reviews.history(execution)).filter(({ act }) => act === "shown")).toHaveLength(2);
});

test("thirty acts at once make one chain without a fork", async () => {
  const { reviews, open, id, execution } = desk();
  await open();
  const people = Array.from({ length: 30 }, (_, index) => ({ subject: `p${index}`, name: `Person ${index}` }));
  await Promise.all(people.map((one) => reviews.shown(id, one)));
  expect(await reviews.verify(execution)).toMatchObject({ valid: true, entries: 31 });
});

test("an export stands alone and verifies by itself", async () => {
  const { reviews, execution } = await lived();
  const exported = JSON.parse(JSON.stringify(await reviews.exportCase(execution, auditor))) as CaseExport;
  expect(exported.entries.at(-1)?.act).toBe("exported");
  expect(verifyExport(exported)).toEqual({ valid: true, problems: [], entries: 11, erased: 0 });
  await expect(reviews.exportCase("no-such-case", auditor)).rejects.toMatchObject({ code: "REVIEW_NOT_FOUND" });
});

test("any changed field of any entry, any removal and any reordering is found", async () => {
  const { reviews, execution } = await lived();
  const whole = JSON.stringify(await reviews.exportCase(execution, auditor));
  const changedBy = (change: (exported: CaseExport) => void) => {
    const exported = JSON.parse(whole) as CaseExport;
    change(exported);
    return verifyExport(exported);
  };
  expect(changedBy(() => undefined).valid).toBe(true);
  const { entries, personal } = JSON.parse(whole) as CaseExport;
  for (const [index, entry] of entries.entries()) {
    const fields = { act: "told", at: "2020-01-01T00:00:00.000Z", case: "other", details: { outcome: "no" }, seq: 99 };
    const digests = {
      personal: "0".repeat(64),
      prev: "1".repeat(64),
      hash: "2".repeat(64),
      version: "3",
      review: "other",
    };
    for (const [field, value] of Object.entries({ ...fields, ...digests })) {
      if (JSON.stringify(entry[field as keyof typeof entry]) === JSON.stringify(value)) continue;
      const { valid } = changedBy((exported) => Object.assign(exported.entries[index] ?? {}, { [field]: value }));
      expect({ index, field, valid }).toEqual({ index, field, valid: false });
    }
    expect(changedBy((exported) => exported.entries.splice(index, 1)).valid).toBe(false);
    if (index === 0) continue;
    const swapped = changedBy((exported) => {
      const [one] = exported.entries.splice(index, 1);
      if (one) exported.entries.splice(index - 1, 0, one);
    });
    expect(swapped.valid).toBe(false);
  }
  for (const index of personal.keys()) {
    expect(changedBy((exported) => exported.personal.splice(index, 1)).valid).toBe(false);
    expect(changedBy((exported) => Object.assign(exported.personal[index] ?? {}, { by: "Mallory" })).valid).toBe(false);
  }
  expect(changedBy((exported) => exported.entries.splice(-3)).problems).toContainEqual(
    expect.stringMatching(/end was removed/),
  );
});

test("a decision that was changed in the review itself is found", async () => {
  const { reviews, execution, store, id, table } = await lived();
  const { review } = await store.find(id);
  const forged = [
    { ...review.decision, outcome: "rejected" },
    { ...review.decision, by: { subject: "mallory", name: "Mallory" } },
    { ...review.decision, reason: "Because." },
    { ...review.decision, at: "2020-01-01T00:00:00.000Z" },
  ];
  for (const decision of forged) {
    const key = { case: execution, entry: "review#review-request" };
    await table.update(key, { update: "SET decision = :decision", values: { ":decision": decision } });
    expect((await reviews.verify(execution)).problems).toEqual([expect.stringMatching(/its decision is not the one/)]);
  }
});

test("a chain whose end was cut off in the table, its recorded end with it, is found by what was known of it", async () => {
  const { reviews, execution, table, store } = await lived();
  const known = await store.chain.head(execution);
  expect(await reviews.verify(execution, known)).toMatchObject({ valid: true });
  const entries = await store.chain.entries(execution);
  const last = entries.at(-2);
  await table.remove({ case: execution, entry: `chain#${String(known.seq).padStart(6, "0")}` });
  expect((await reviews.verify(execution)).valid).toBe(false);
  await table.put({ case: execution, entry: "head", seq: last?.seq, hash: last?.hash });
  expect((await reviews.verify(execution, known)).problems).toEqual([expect.stringMatching(/end was removed/)]);
});

test("personal data can be erased, the chain still verifies, and the erasure is on record", async () => {
  const { reviews, execution, id, table } = await lived();
  const { erased } = await reviews.erase(execution, auditor, "The applicant asked for it.");
  expect(erased).toBe(10);
  expect(await reviews.verify(execution)).toMatchObject({ valid: true, entries: 11, erased: 10 });
  const { items } = await table.query({ key: "#c = :c", names: { "#c": "case" }, values: { ":c": execution } });
  expect(JSON.stringify(items)).not.toMatch(/Hana|Noor|Ravi|hana|ravi|B2|fits|Looks/);
  expect(await reviews.get(id)).toMatchObject({
    status: "decided",
    decision: { outcome: "approved", by: { name: "erased" } },
  });
  const history = await reviews.history(execution);
  expect(history.at(-1)).toMatchObject({ act: "erased", by: "Ada Audit", words: "The applicant asked for it." });
  // Erased again, there is nothing left to erase, and nothing is wrong.
  expect(await reviews.erase(execution, auditor, "Again.")).toEqual({ erased: 0 });
  expect((await reviews.verify(execution)).valid).toBe(true);
});

test("a record that went without an erasure on record is found", async () => {
  const { reviews, execution, store } = await lived();
  await store.chain.erase(execution, "review-request#3");
  expect((await reviews.verify(execution)).problems).toEqual([
    expect.stringMatching(/who acted was changed or removed/),
  ]);
});

test("a case with an open review is not erased", async () => {
  const { reviews, open, execution } = desk();
  await open();
  await expect(reviews.erase(execution, auditor, "No.")).rejects.toMatchObject({ code: "INVALID_DECISION" });
});

test("the readable export has everything in it, escaped, and no script", async () => {
  const nasty = '<img src=x onerror="alert(1)">';
  const made = desk({ request: { title: nasty, facts: [{ label: nasty, value: nasty }] } });
  await made.open();
  await made.reviews.decide(made.id, { ...approve, reason: nasty, by: { ...hana, name: nasty } });
  const page = await exportPage(await made.reviews.exportCase(made.execution, auditor));
  expect(page).not.toMatch(/<img|<script/);
  expect(page.split("&lt;img").length).toBeGreaterThan(5);
  expect(page).toMatch(/default-src &#39;none&#39;|default-src 'none'/);
});

test("an export holds every act, from the opening to the contest, and its page needs nothing from anywhere else", async () => {
  const { reviews, open, id, execution, store, review } = desk({
    request: { quorum: 2, document: { key: "texts/one" } },
  });
  await open();
  await reviews.told(id);
  await reviews.reminded(id, 1);
  await reviews.escalate(id, "compliance-officer");
  await reviews.shown(id, hana);
  await reviews.claim(id, { by: hana, roles });
  await reviews.release(id, { by: hana, roles });
  await reviews.reassign(id, { by: hana, roles, to: ravi, reason: "You know it." });
  await reviews.comment(id, { by: hana, roles, text: "See [https://example.com]." });
  await reviews.ask(id, { by: ravi, roles, text: "Which course?" });
  await reviews.answer(id, { by: noor, text: "B2." });
  await reviews.decide(id, { ...approve, by: ravi });
  await reviews.decide(id, { ...approve, by: hana });
  const cases = createCases({ store, start: async () => undefined });
  const rules = { role: "hr-reviewer", deadlineSeconds: 60, onExpiry: "No.", contestSeconds: 86_400 };
  await cases.close({
    executionArn: review.executionArn,
    contract: { name: "training", reviews: { r: rules } },
    review: "r",
    input: {},
    outcome: "approved",
    applicant: noor.email,
  });
  await cases.contest(execution, { by: noor, roles: [], reason: "I asked for more." });
  const exported = await reviews.exportCase(execution, auditor, async () => "What they read.");
  const acts = [
    ...["opened", "told", "reminded", "escalated", "shown", "claimed", "released", "reassigned", "commented", "asked"],
    ...["answered", "agreed", "decided", "delivered", "closed", "contested", "exported"],
  ];
  expect(new Set(exported.entries.map(({ act }) => act))).toEqual(new Set(acts));
  expect(verifyExport(JSON.parse(JSON.stringify(exported))).valid).toBe(true);
  const page = await exportPage(exported);
  for (const word of [...acts, "What they read.", "Which course?", "I asked for more.", "You know it."])
    expect(page).toContain(word);
  expect(page).not.toMatch(/\b(?:href|src|action|srcset)=|@import|url\(/);
});

test("what outside systems answered and what signals said is erased with the case, and a stage that runs again is told so", async () => {
  const { reviews, open, id, execution, table, store } = desk();
  await open();
  const calls = createExternalCalls(table);
  const call = {
    execution,
    executionArn: "arn",
    name: "check",
    callbackId: "one",
    schema: {},
    hashes: [],
    openedAt: new Date().toISOString(),
    status: "open" as const,
  };
  const { token, hash } = mintToken(execution, "check");
  await calls.open(call, hash);
  await createMailboxes({ table, ring: async () => true }).send(execution, {
    id: "s1",
    name: "moved",
    at: new Date().toISOString(),
    payload: { street: "Nowhere 1" },
  });
  await reviews.decide(id, approve);
  await expect(reviews.erase(execution, auditor, "Asked for.")).rejects.toThrow(/outside system/);
  const senders = { succeed: async () => true, fail: async () => true, heartbeat: async () => true };
  const receiver = createCallbackReceiver({ calls, chain: store.chain, outbox: store.outbox, senders });
  expect(await receiver.receive(token, "success", '{"criminal":"record"}')).toEqual({ status: 204 });
  await reviews.erase(execution, auditor, "Asked for.");
  const { items } = await table.query({ key: "#c = :c", names: { "#c": "case" }, values: { ":c": execution } });
  expect(JSON.stringify(items)).not.toMatch(/criminal|Nowhere/);
  expect((await reviews.verify(execution)).valid).toBe(true);
  expect((await calls.open({ ...call, callbackId: "two" }, hash)).answer).toMatchObject({
    kind: "failure",
    code: "ERASED",
  });
});

test("a decision that cannot be delivered for now is in the chain all the same", async () => {
  const down = { ...fakeCallbacks(), answerCallback: async () => Promise.reject(new Error("no connection")) };
  const { reviews, open, id, execution } = desk({ callbacks: down });
  await open();
  await reviews.decide(id, approve);
  expect((await reviews.get(id)).delivered).toBe(false);
  expect(await reviews.verify(execution)).toMatchObject({ valid: true, entries: 2 });
});
