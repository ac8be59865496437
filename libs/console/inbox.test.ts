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
  for (const query of [{}, { workflow: "training", order: "score" }, { due: "week" }, { view: "mine" }]) {
    calls.length = 0;
    await listInbox(desk, visitor, InboxQuery.parse(query));
    expect(calls).toHaveLength(1);
  }
});

test("the inbox says how many wait, the nearest deadline first, and goes on page by page", async () => {
  const hana = createVisitor(site);
  await hana.signIn("hana.holm");
  const first = await (await hana.request("/inbox")).text();
  expect(first).toContain(`Waiting ${OPEN}`);
  expect(first.indexOf("training-inbox-0.")).toBeLessThan(first.indexOf("training-inbox-1."));
  const next = /href="(\/inbox\?[^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const second = await (await hana.request(next)).text();
  expect(second).toContain("training-inbox-50.");
  expect(second).not.toContain("training-inbox-49.");
});

test("an address of the inbox that makes no sense shows the inbox", async () => {
  const hana = createVisitor(site);
  await hana.signIn("hana.holm");
  for (const query of ["min=many", "order=backwards", "view=x&due=never", "role=auditor", "workflow=none"])
    expect((await hana.request(`/inbox?${query}`)).status).toBe(200);
  expect((await hana.request("/inbox?after=nonsense")).status).toBe(422);
});
