import { afterAll, beforeAll, expect, test } from "vitest";
import { startConsole, type TestConsole } from "../../test/support/console.ts";
import { sampleReview } from "../../test/support/reviews.ts";
import { tokenOf } from "../../test/support/token.ts";
import { createVisitor } from "../../test/support/visitor.ts";

let site: TestConsole;
let count = 0;
beforeAll(async () => {
  site = await startConsole();
});
afterAll(() => site.close());

async function openReview(over: Parameters<typeof sampleReview>[1] = {}) {
  const review = sampleReview(`training-security-${++count}`, over);
  await site.reviews.open(review, "secret-callback-id");
  return review;
}

async function signedIn(subject: string) {
  const visitor = createVisitor(site);
  await visitor.signIn(subject);
  return visitor;
}

const isOpen = async (id: string) => (await site.reviews.get(id)).status === "open";

const EVIL = `"><script>alert(1)</script><img src=x onerror=alert(2)>'\`\${7*7}</textarea></mark>`;
/** The tags and handlers of the text above, as a browser would run them. */
const LIVE = /<script>alert|<img src=x/;

test("text of a document runs nowhere: every field from outside is shown as it is", async () => {
  const key = `training/texts/${EVIL}`;
  site.texts.set(key, `${EVIL} some ${EVIL} words`);
  const review = await openReview({
    request: {
      title: EVIL.slice(0, 200),
      subject: EVIL,
      summary: EVIL,
      concern: EVIL,
      facts: [{ label: EVIL.slice(0, 100), value: EVIL }],
      document: { key },
      flags: [{ kind: EVIL.slice(0, 40), note: EVIL, excerpt: EVIL }],
      onExpiry: EVIL,
      score: {
        value: 60,
        rejectBelow: 50,
        approveAbove: 76,
        model: EVIL,
        reasons: [{ criterion: EVIL, level: 50, reason: EVIL, quotation: EVIL }],
      },
      options: [
        {
          id: "yes",
          label: EVIL,
          means: EVIL,
          reasons: { evil: EVIL.slice(0, 100) },
          outcome: "approved",
          form: { type: "object", properties: { [EVIL]: { title: EVIL, description: EVIL, enum: [EVIL] } } },
        },
        { id: "no", label: EVIL, outcome: "rejected" },
      ],
    },
  });
  const hana = await signedIn("hana.holm");
  const actor = { by: { subject: "ravi.rao", name: EVIL }, roles: ["hr-reviewer"] };
  await site.reviews.comment(review.id, { ...actor, text: EVIL });
  await site.reviews.ask(review.id, { ...actor, text: EVIL });
  const pages = [
    await (await hana.request(`/reviews/${review.id}`)).text(),
    await (await hana.request("/inbox")).text(),
    await (await hana.request(`/inbox/decide?id=${review.id}&id=${encodeURIComponent(EVIL)}`)).text(),
    await (
      await hana.request(
        `/reviews/${review.id}/decision`,
        hana.form({ csrf: await hana.csrf(), option: "yes", reason: "" }),
      )
    ).text(),
  ];
  await site.reviews.decide(review.id, { ...actor, outcome: "rejected", option: "no", reason: EVIL });
  pages.push(await (await hana.request(`/reviews/${review.id}`)).text());
  const aud = await signedIn("aud.aasen");
  pages.push(await (await aud.request(`/audit/${review.execution}`)).text());
  const omar = await signedIn("omar.okoye");
  pages.push(await (await omar.request(`/executions?search=${encodeURIComponent(EVIL)}`)).text());
  for (const page of pages) {
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toMatch(LIVE);
  }
});

test("no page has inline script or style, and its policy allows none", async () => {
  const review = await openReview();
  const hana = await signedIn("hana.holm");
  for (const path of ["/inbox", `/reviews/${review.id}`, "/overview", "/nowhere"]) {
    const response = await hana.request(path);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.text()).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/);
  }
});

test("a form of another site, without the token, or with another session's token changes nothing", async () => {
  const { id } = await openReview();
  const hana = await signedIn("hana.holm");
  const ravi = await signedIn("ravi.rao");
  const fields = { option: "approve", reason: "Forged." };
  const csrf = await hana.csrf();
  const attempts = [
    hana.form(fields),
    hana.form({ ...fields, csrf: "x" }),
    hana.form({ ...fields, csrf: await ravi.csrf() }),
    {
      ...hana.form({ ...fields, csrf }),
      headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "cross-site" },
    },
    { method: "POST", body: JSON.stringify({ ...fields, csrf }), headers: { "content-type": "text/plain" } },
  ];
  for (const attempt of attempts) {
    const response = await hana.request(`/reviews/${id}/decision`, attempt);
    expect(response.status).toBe(403);
  }
  expect(await isOpen(id)).toBe(true);
});

test("a scanner that fetches the link of a mail, by GET and HEAD, signed in or not, decides nothing", async () => {
  const { id } = await openReview();
  const before = await site.reviews.get(id);
  const sent = site.delivered.length;
  const hana = await signedIn("hana.holm");
  for (const visitor of [createVisitor(site), hana]) {
    for (const method of ["GET", "HEAD"]) {
      for (const suffix of [
        "",
        "/decision",
        "/decision?option=approve&reason=x&outcome=approved",
        "/claim",
        "/release",
        "/comment?text=x",
      ]) {
        await visitor.request(`/reviews/${id}${suffix}`, { method });
      }
    }
  }
  expect(await site.reviews.get(id)).toEqual(before);
  expect(site.delivered).toHaveLength(sent);
});

test("a review's address is no key to it: others' cases stay closed", async () => {
  const { id } = await openReview({ request: { role: "payments-officer", requester: "somebody@example.com" } });
  for (const subject of ["hana.holm", "ada.applicant", "omar.okoye"]) {
    const visitor = await signedIn(subject);
    const page = await visitor.request(`/reviews/${id}`);
    expect(page.status).toBe(403);
    expect(await page.text()).not.toContain("Mira Lang");
    expect(await (await visitor.request(`/inbox/decide?id=${id}`)).text()).not.toContain("Mira Lang");
    for (const to of ["decision", "claim", "comment", "question", "answer"]) {
      const form = visitor.form({ csrf: await visitor.csrf(), option: "approve", reason: "x", text: "x" });
      expect((await visitor.request(`/reviews/${id}/${to}`, form)).status).toBe(403);
    }
  }
  expect(await isOpen(id)).toBe(true);
});

test("an execution of a function that is no workflow of this deployment is not shown", async () => {
  const omar = await signedIn("omar.okoye");
  for (const arn of [
    "arn:aws:lambda:eu-west-1:000000000000:function:payroll:1/durable-execution/a/b",
    "arn:aws:lambda:eu-west-1:999999999999:function:longhaul-training-x:1/durable-execution/a/b",
    "nonsense",
  ]) {
    expect((await omar.request(`/executions/${Buffer.from(arn).toString("base64url")}`)).status).toBe(404);
  }
});

test("a callback id is in no page and no answer of the API", async () => {
  const { id } = await openReview();
  const hana = await signedIn("hana.holm");
  const token = await tokenOf(site, "hana.holm");
  const texts = [
    await (await hana.request(`/reviews/${id}`)).text(),
    await (
      await fetch(`${site.consoleUrl}/api/reviews/${id}`, { headers: { authorization: `Bearer ${token}` } })
    ).text(),
    await (await fetch(`${site.consoleUrl}/api/reviews`, { headers: { authorization: `Bearer ${token}` } })).text(),
  ];
  for (const text of texts) expect(text).not.toContain("secret-callback-id");
});
