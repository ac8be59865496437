import { afterAll, beforeAll, expect, test } from "vitest";
import { startConsole, type TestConsole } from "../../test/support/console.ts";
import { sampleReview } from "../../test/support/reviews.ts";
import { createVisitor } from "../../test/support/visitor.ts";

let site: TestConsole;
beforeAll(async () => {
  site = await startConsole();
});
afterAll(async () => {
  await site.close();
  expect(site.errors).toEqual([]);
});

test("a reviewer signs in, finds what waits, reads it and approves it", async () => {
  const review = sampleReview("training-journey-1");
  site.texts.set(review.request.document?.key ?? "", "I do the\nmonthly  reports by hand.");
  await site.reviews.open(review, "callback-1");
  const hana = createVisitor(site);
  const inbox = await hana.signIn("hana.holm");
  expect(inbox.status).toBe(200);
  const list = await inbox.text();
  expect(list).toContain("Mira Lang");
  expect(list).toContain(`href="/reviews/${review.id}"`);
  const page = await (await hana.follow(`/reviews/${review.id}`)).text();
  expect(page).toContain('<mark id="quote-1">monthly  reports</mark>');
  const decided = await hana.follow(
    `/reviews/${review.id}/decision`,
    hana.form({ csrf: await hana.csrf(), option: "approve", reason: "She needs it." }),
  );
  expect(await decided.text()).toContain("Approved by Hana Holm");
  expect(site.delivered.at(-1)).toMatchObject({ callbackId: "callback-1", decision: { outcome: "approved" } });
});

test("whoever is second is told who decided what, and nothing is sent again", async () => {
  const review = sampleReview("training-journey-2");
  await site.reviews.open(review, "callback-2");
  const [hana, ravi] = [createVisitor(site), createVisitor(site)];
  await hana.signIn("hana.holm");
  await ravi.signIn("ravi.rao");
  const [one, other] = [await hana.csrf(), await ravi.csrf()];
  await hana.request(`/reviews/${review.id}/decision`, hana.form({ csrf: one, option: "reject", reason: "Too dear." }));
  const late = await ravi.request(
    `/reviews/${review.id}/decision`,
    ravi.form({ csrf: other, option: "approve", reason: "Fine." }),
  );
  expect(late.status).toBe(409);
  const text = await late.text();
  expect(text).toContain("Rejected by Hana Holm");
  expect(text).toContain("Too dear.");
  expect(site.delivered.filter(({ callbackId }) => callbackId === "callback-2")).toHaveLength(1);
});

test("a decision without a reason comes back with what is missing and decides nothing", async () => {
  const review = sampleReview("training-journey-3");
  await site.reviews.open(review, "callback-3");
  const hana = createVisitor(site);
  await hana.signIn("hana.holm");
  const back = await hana.request(
    `/reviews/${review.id}/decision`,
    hana.form({ csrf: await hana.csrf(), option: "approve", reason: " " }),
  );
  expect(back.status).toBe(422);
  expect(await back.text()).toContain("Say why");
  expect(await site.reviews.get(review.id)).toMatchObject({ status: "open" });
});

test("a form sent after the session's end gives the words back and decides nothing", async () => {
  const review = sampleReview("training-journey-4");
  await site.reviews.open(review, "callback-4");
  const nobody = createVisitor(site);
  const answer = await nobody.request(
    `/reviews/${review.id}/decision`,
    nobody.form({ csrf: "x", option: "approve", reason: "An hour's <work>." }),
  );
  expect(answer.status).toBe(401);
  expect(await answer.text()).toContain("An hour&#39;s &lt;work&gt;.");
  expect(await site.reviews.get(review.id)).toMatchObject({ status: "open" });
});
