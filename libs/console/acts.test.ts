import { afterAll, beforeAll, expect, test } from "vitest";
import { CaseExport, verifyExport } from "#callbacks";
import { startConsole, type TestConsole } from "../../test/support/console.ts";
import { sampleReview } from "../../test/support/reviews.ts";
import { createVisitor } from "../../test/support/visitor.ts";

let site: TestConsole;
let count = 0;
beforeAll(async () => {
  site = await startConsole();
});
afterAll(() => site.close());

async function openReview(over: Parameters<typeof sampleReview>[1] = {}) {
  const review = sampleReview(`training-acts-${++count}`, over);
  await site.reviews.open(review, `callback-${count}`);
  return review;
}

/** A signed-in person who sends forms of their own pages. */
async function person(subject: string) {
  const visitor = createVisitor(site);
  await visitor.signIn(subject);
  const csrf = await visitor.csrf();
  return {
    page: async (path: string) => (await visitor.follow(path)).text(),
    send: (path: string, fields: Record<string, string>) => visitor.request(path, visitor.form({ ...fields, csrf })),
  };
}

const approve = { option: "approve", reason: "It fits." };

test("four eyes: the first agrees, cannot agree twice, and the second decides", async () => {
  const { id } = await openReview({ request: { quorum: 2 } });
  const [hana, ravi] = [await person("hana.holm"), await person("ravi.rao")];
  expect((await hana.send(`/reviews/${id}/decision`, approve)).status).toBe(303);
  expect(await hana.page(`/reviews/${id}`)).toContain("Hana Holm agreed.");
  expect((await hana.send(`/reviews/${id}/decision`, approve)).status).toBe(403);
  expect((await ravi.send(`/reviews/${id}/decision`, approve)).status).toBe(303);
  const page = await ravi.page(`/reviews/${id}`);
  expect(page).toContain("Approved by Ravi Rao");
  expect(page).toContain("With Hana Holm.");
});

test("the workflow's own options: the form of the one that is chosen is checked and kept", async () => {
  const form = { type: "object", properties: { budget: { type: "number", title: "Budget" } }, required: ["budget"] };
  const { id } = await openReview({
    request: {
      options: [
        { id: "partly", label: "Approve a part", outcome: "approved", form },
        { id: "no", label: "Reject", outcome: "rejected" },
      ],
    },
  });
  const hana = await person("hana.holm");
  expect(await hana.page(`/reviews/${id}`)).toContain('name="answers.partly.budget"');
  const missing = await hana.send(`/reviews/${id}/decision`, { option: "partly", reason: "Half." });
  expect(missing.status).toBe(422);
  expect(await missing.text()).toContain("budget");
  await hana.send(`/reviews/${id}/decision`, { option: "partly", reason: "Half.", "answers.partly.budget": "700" });
  expect((await site.reviews.get(id)).decision).toMatchObject({ option: "partly", answers: { budget: 700 } });
});

test("who is away lends the role: the colleague decides on their behalf, until it is taken back", async () => {
  const role = { request: { role: "compliance-officer" } };
  const [{ id }, { id: later }] = [await openReview(role), await openReview(role)];
  const [clara, ravi] = [await person("clara.conte"), await person("ravi.rao")];
  expect((await ravi.send(`/reviews/${id}/decision`, approve)).status).toBe(403);
  const today = new Date().toISOString().slice(0, 10);
  const lent = await clara.send("/delegations", { email: "ravi.rao@example.com", begins: today, ends: today });
  expect(lent.status).toBe(303);
  expect(await ravi.page(`/reviews/${id}`)).toContain("You decide on behalf of Clara Conte.");
  expect((await ravi.send(`/reviews/${id}/decision`, approve)).status).toBe(303);
  expect((await site.reviews.get(id)).decision).toMatchObject({
    by: { name: "Ravi Rao" },
    onBehalfOf: [{ name: "Clara Conte" }],
  });
  await clara.send("/delegations", { email: "ravi.rao@example.com", revoke: "1" });
  expect((await ravi.send(`/reviews/${later}/decision`, approve)).status).toBe(403);
});

test("what is claimed is decided by nobody else until it is taken over", async () => {
  const { id } = await openReview();
  const [hana, ravi] = [await person("hana.holm"), await person("ravi.rao")];
  await hana.send(`/reviews/${id}/claim`, {});
  expect(await ravi.page(`/reviews/${id}`)).toContain("Hana Holm works on it");
  expect((await ravi.send(`/reviews/${id}/decision`, approve)).status).toBe(403);
  expect((await ravi.send(`/reviews/${id}/claim`, {})).status).toBe(403);
  await ravi.send(`/reviews/${id}/claim`, { takeOver: "1" });
  expect((await ravi.send(`/reviews/${id}/decision`, approve)).status).toBe(303);
});

test("a review is given to a colleague, who finds it under Mine", async () => {
  const { id } = await openReview();
  const [hana, ravi] = [await person("hana.holm"), await person("ravi.rao")];
  expect((await hana.send(`/reviews/${id}/reassign`, { email: "nobody@example.com", text: "x" })).status).toBe(422);
  await hana.send(`/reviews/${id}/reassign`, { email: "Ravi.Rao@example.com", text: "You know the provider." });
  expect(await ravi.page("/inbox?view=mine")).toContain(id);
});

test("the applicant is asked, answers, and who had read the case before the answer has to read it again", async () => {
  const { id } = await openReview({ request: { requester: "ada.applicant@example.com" } });
  const [hana, ada] = [await person("hana.holm"), await person("ada.applicant")];
  const version = /name="version" value="(\w+)"/.exec(await hana.page(`/reviews/${id}`))?.[1] ?? "";
  await hana.send(`/reviews/${id}/question`, { text: "How many people does it help?" });
  expect(await ada.page(`/reviews/${id}`)).toContain("How many people does it help?");
  await ada.send(`/reviews/${id}/answer`, { text: "Twelve." });
  const outdated = await hana.send(`/reviews/${id}/decision`, { ...approve, version });
  expect(outdated.status).toBe(422);
  expect(await outdated.text()).toContain("Twelve.");
  expect((await site.reviews.get(id)).status).toBe("open");
});

test("a decision after the deadline is refused in so many words, and kept", async () => {
  const { id } = await openReview({ deadlineAt: new Date(Date.now() + 60_000).toISOString() });
  const hana = await person("hana.holm");
  site.advance(120_000);
  const late = await hana.send(`/reviews/${id}/decision`, approve);
  site.advance(-120_000);
  expect(late.status).toBe(410);
  const text = await late.text();
  expect(text).toContain("The deadline has passed");
  expect(text).toContain("It is kept with the review");
  expect(await hana.page(`/reviews/${id}`)).toContain("Hana Holm would have approved");
});

test("a one-person link is shown once, opens one review without an account, decides it once, and is dead then", async () => {
  const { id } = await openReview();
  const hana = await person("hana.holm");
  const made = await hana.send(`/reviews/${id}/link`, { name: "Greta Guest", email: "greta@example.org" });
  const [link = ""] = /http:[^<\s]+\/links\/[^<\s]+/.exec(await made.text()) ?? [];
  const guest = createVisitor(site);
  const page = await guest.request(link);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Mira Lang");
  expect((await site.reviews.get(id)).status).toBe("open");
  const decided = await guest.request(`${link}/decision`, guest.form(approve));
  expect(decided.status).toBe(200);
  expect((await site.reviews.get(id)).decision).toMatchObject({ by: { name: "Greta Guest" } });
  expect((await guest.request(link)).status).toBe(410);
  expect((await guest.request(`${site.consoleUrl}/links/nothing`)).status).toBe(404);
});

test("an applicant contests a decision of the policy, and a person is asked to decide again", async () => {
  const execution = `training-contest-${++count}`;
  await site.options.desk.cases.close({
    executionArn: `arn:aws:lambda:eu-west-1:000000000000:function:longhaul-training:1/durable-execution/${execution}/1`,
    contract: {
      name: "training",
      reviews: { r: { role: "hr-reviewer", deadlineSeconds: 60, onExpiry: "No.", contestSeconds: 3_600 } },
    },
    review: "r",
    input: {},
    outcome: "rejected",
    applicant: "ada.applicant@example.com",
  });
  const ada = await person("ada.applicant");
  expect(await ada.page(`/cases/${execution}`)).toContain("Contest it");
  expect((await ada.send(`/cases/${execution}/contest`, { reason: "The course is for my work." })).status).toBe(303);
  expect(site.started.map(({ name }) => name)).toContain(`${execution}-r2`);
  expect(await ada.page(`/cases/${execution}`)).toContain("Ada Applicant contested it");
});

test("an auditor verifies a case's chain, and takes it away as a file that verifies by itself", async () => {
  const { id, execution } = await openReview();
  const [hana, aud] = [await person("hana.holm"), await person("aud.aasen")];
  await hana.send(`/reviews/${id}/seen`, {});
  await hana.send(`/reviews/${id}/decision`, approve);
  expect(await aud.page(`/audit?search=${id}`)).toContain("shown");
  expect(await (await aud.send(`/audit/${execution}/verify`, {})).text()).toContain("The chain verifies");
  const file = await aud.send(`/audit/${execution}/export`, { format: "json" });
  expect(file.headers.get("content-disposition")).toContain("attachment");
  const exported = CaseExport.parse(await file.json());
  expect(verifyExport(exported).valid).toBe(true);
  expect(exported.entries.map(({ act }) => act)).toEqual(
    expect.arrayContaining(["opened", "shown", "decided", "exported"]),
  );
  const page = await aud.send(`/audit/${execution}/export`, { format: "html" });
  expect(await page.text()).toContain("How to verify it");
});

test("an officer erases a case's personal data after one more question, it is on record, and the chain still verifies", async () => {
  const { id, execution } = await openReview();
  const clara = await person("clara.conte");
  const erase = `/audit/${execution}/erase`;
  const fields = { reason: "The applicant asked for it.", sure: "yes" };
  expect(await clara.page(erase)).toContain("It cannot be erased yet");
  const hana = await person("hana.holm");
  await hana.send(`/reviews/${id}/decision`, approve);
  expect((await clara.send(erase, { reason: fields.reason })).status).toBe(422);
  expect((await hana.send(erase, fields)).status).toBe(403);
  expect((await clara.send(erase, fields)).status).toBe(303);
  const chain = await clara.page(`/audit/${execution}`);
  expect(chain).toContain("Personal data was erased");
  expect(chain).not.toContain("Hana Holm");
  expect(await clara.page(`/reviews/${id}`)).not.toContain("Mira Lang");
  const verified = await (await clara.send(`/audit/${execution}/verify`, {})).text();
  expect(verified).toContain("The chain verifies");
  expect(verified).toMatch(/the personal data of \d+ was erased on purpose/);
});

test("what is addressed to a colleague is in nobody else's inbox, and its page is not theirs", async () => {
  const { id } = await openReview({ request: { addressee: "hana.holm@example.com" } });
  const [hana, ravi] = [await person("hana.holm"), await person("ravi.rao")];
  expect(await hana.page("/inbox?view=all")).toContain(`/reviews/${id}`);
  expect(await hana.page(`/reviews/${id}`)).toContain("Approve");
  for (const view of ["waiting", "all"]) expect(await ravi.page(`/inbox?view=${view}`)).not.toContain(`/reviews/${id}`);
  expect(await ravi.page(`/reviews/${id}`)).not.toContain("Approve");
  expect((await ravi.send(`/reviews/${id}/decision`, approve)).status).toBe(403);
});
