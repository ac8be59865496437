import { afterAll, beforeAll, expect, test } from "vitest";
import { startConsole, type TestConsole } from "../../test/support/console.ts";
import { sampleReview } from "../../test/support/reviews.ts";
import { createVisitor } from "../../test/support/visitor.ts";
import { InboxQuery, listInbox } from "./inbox.ts";

const OPEN = 60;

let site: TestConsole;
beforeAll(async () => {
  site = await startConsole();
  for (let number = 0; number < OPEN; number += 1) {
    const deadlineAt = new Date(Date.now() + 3_600_000 * (number + 1)).toISOString();
    await site.reviews.open(sampleReview(`training-inbox-${number}`, { deadlineAt }), `callback-${number}`);
  }
});
afterAll(() => site.close());

test("a page of the inbox is one query, whatever it is filtered by, and never a scan", async () => {
  const visitor = { person: { subject: "hana.holm", name: "Hana" }, roles: ["hr-reviewer"], lent: [] };
  const calls: string[] = [];
  const { reviews } = site.options.desk;
  const watched = new Proxy(reviews, {
    get:
      (target, name: keyof typeof reviews) =>
      (...given: never[]) => {
        calls.push(name);
        return (target[name] as (...given: never[]) => unknown)(...given);
      },
  });
  const desk = { ...site.options.desk, reviews: watched };
  for (const query of [
    {},
    { view: "all" },
    { workflow: "training", order: "score" },
    { due: "week" },
    { view: "mine" },
  ]) {
    calls.length = 0;
    await listInbox(desk, visitor, InboxQuery.parse(query));
    expect(calls).toHaveLength(1);
  }
});

test("the inbox says how many wait, the nearest deadline first, and goes on page by page", async () => {
  const hana = createVisitor(site);
  await hana.signIn("hana.holm");
  const first = await (await hana.request("/inbox")).text();
  expect(first).toContain(`All ${OPEN}`);
  expect(first).toContain("For me 50+");
  expect(first.indexOf("training-inbox-0.")).toBeLessThan(first.indexOf("training-inbox-1."));
  const next = /href="(\/inbox\?[^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const second = await (await hana.request(next)).text();
  expect(second).toContain("training-inbox-50.");
  expect(second).not.toContain("training-inbox-49.");
});

test("an address of the inbox that makes no sense shows the inbox", async () => {
  const hana = createVisitor(site);
  await hana.signIn("hana.holm");
  for (const query of [
    "min=many",
    "min=&max=&order=&age=&workflow=&role=",
    "order=backwards",
    "view=x&due=never",
    "role=auditor",
    "workflow=none",
  ])
    expect((await hana.request(`/inbox?${query}`)).status).toBe(200);
  expect((await hana.request("/inbox?after=nonsense")).status).toBe(422);
});

/** What the rows of a page are about, in order. */
const rowsOf = (page: string) =>
  [...page.matchAll(/<a class="row" href="\/reviews\/([^".]+)/g)].map(([, name]) => name);

test("what waits for me leaves out what is not mine to decide: my own case, what others work on, what I agreed to", async () => {
  const request = { role: "compliance-officer" };
  const [clara, cleo] = [
    { subject: "clara.conte", name: "Clara Conte", email: "clara.conte@example.com" },
    { subject: "cleo", name: "Cleo" },
  ];
  const open = async (name: string, more: object) =>
    site.reviews.open(sampleReview(`training-${name}`, { request: { ...request, ...more } }), `callback-${name}`);
  await open("mine-to-decide", {});
  await open("my-own", { requester: clara.email });
  await open("others", {});
  await open("agreed", { quorum: 2 });
  const roles = ["compliance-officer"];
  await site.reviews.claim("training-others.review-request", { by: cleo, roles });
  const agreed = "training-agreed.review-request";
  await site.reviews.decide(agreed, { by: clara, roles, outcome: "approved", reason: "Yes." });
  const visitor = createVisitor(site);
  await visitor.signIn("clara.conte");
  expect(rowsOf(await (await visitor.request("/inbox?role=compliance-officer")).text())).toEqual([
    "training-mine-to-decide",
  ]);
  expect(rowsOf(await (await visitor.request("/inbox?view=all&role=compliance-officer")).text())).toHaveLength(4);
});

test("whoever has several roles has one inbox, by deadline, and can narrow it to a role, and to how long it waits", async () => {
  const old = new Date(Date.now() - 4 * 86_400_000).toISOString();
  const review = sampleReview("training-officers", {
    request: { role: "compliance-officer" },
    deadlineAt: new Date(Date.now() + 90 * 60_000).toISOString(),
    openedAt: old,
  });
  await site.reviews.open(review, "callback-officers");
  const auditor = createVisitor(site);
  await auditor.signIn("aud.aasen");
  const page = async (query: string) => rowsOf(await (await auditor.request(`/inbox?${query}`)).text());
  const rows = await page("");
  expect(rows.slice(0, 3)).toEqual(["training-inbox-0", "training-officers", "training-inbox-1"]);
  expect(await page("role=compliance-officer&age=days")).toEqual(["training-officers"]);
  expect(await page("role=hr-reviewer&age=days")).toEqual([]);
});

test("several are decided together: each is shown with a check of its own, only the checked are decided, and what came of each is told", async () => {
  const hana = createVisitor(site);
  await hana.signIn("hana.holm");
  const ids = [50, 51, 52, 53].map((number) => `training-inbox-${number}.review-request`);
  const address = `/inbox/decide?${ids.map((id) => `id=${id}`).join("&")}`;
  const shown = await (await hana.request(address)).text();
  expect(shown.match(/type="checkbox" name="id"/g)).toHaveLength(4);
  expect(shown).not.toContain('" checked');
  const versions = [...shown.matchAll(/name="(version\.[^"]+)" value="(\w+)"/g)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
  const [first = "", second = "", third = "", last = ""] = ids;
  const csrf = await hana.csrf();
  const send = (fields: string[][]) => {
    const body = new URLSearchParams([...ids.map((id) => ["shown", id]), ...versions, ["csrf", csrf], ...fields]);
    return hana.request("/inbox/decide", { ...hana.form({}), body: body.toString() });
  };
  const none = await send([
    ["option", "reject"],
    ["reason", "All too dear."],
  ]);
  expect([none.status, await none.text()]).toEqual([422, expect.stringContaining("Check at least one")]);
  const ravi = { by: { subject: "ravi.rao", name: "Ravi Rao" }, roles: ["hr-reviewer"] };
  await site.reviews.decide(second, { ...ravi, outcome: "approved", reason: "It fits." });
  await site.reviews.ask(third, { ...ravi, text: "Which course?" });
  const checked = [first, second, third].map((id) => ["id", id]);
  const told = await (await send([...checked, ["option", "reject"], ["reason", "All too dear."]])).text();
  expect(told).toContain("1 of 3 taken");
  expect(told).toContain("Rejected by Hana Holm. The workflow has it.");
  expect(told).toContain("Somebody else has decided this: Ravi Rao approved it");
  expect(told).toContain("The case has changed since you were shown it");
  expect(told).toContain("One was not checked or not yours");
  const after = await Promise.all(ids.map(async (id) => (await site.reviews.get(id)).decision?.outcome));
  expect(after).toEqual(["rejected", "approved", undefined, undefined]);
  expect((await site.reviews.get(last)).audit).toHaveLength(1);
});
