import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startConsole, type TestConsole } from "../../test/support/console.ts";
import { sampleReview } from "../../test/support/reviews.ts";
import { tokenOf } from "../../test/support/token.ts";
import { createVisitor } from "../../test/support/visitor.ts";
import { allRoutes } from "./routes.ts";

/** Who may, of: hana and ravi (reviewers), clara (officer), aud (auditor), omar (operator), ada (applicant, it is her case). */
const RULES: Record<string, string> = {
  "GET /": "hana clara aud omar ada",
  "GET /sign-in": "anyone",
  "GET /sign-in/callback": "anyone",
  "GET /signed-out": "anyone",
  "POST /sign-out": "hana clara aud omar ada",
  "GET /inbox": "hana clara aud",
  "GET /inbox/decide": "hana clara",
  "POST /inbox/decide": "hana clara",
  "GET /reviews/:id": "hana clara aud ada",
  "POST /reviews/:id/decision": "hana clara",
  "POST /reviews/:id/claim": "hana clara",
  "POST /reviews/:id/release": "hana clara",
  "POST /reviews/:id/reassign": "hana clara",
  "POST /reviews/:id/link": "hana clara",
  "POST /reviews/:id/seen": "hana clara aud ada",
  "GET /cases/:execution": "hana clara aud ada",
  "POST /cases/:execution/contest": "hana clara ada",
  "GET /links/:token": "anyone",
  "POST /links/:token/decision": "anyone",
  "GET /delegations": "hana clara",
  "POST /delegations": "hana clara",
  "GET /audit": "clara aud",
  "GET /audit/:execution": "clara aud",
  "POST /audit/:execution/verify": "clara aud",
  "POST /audit/:execution/export": "clara aud",
  "GET /audit/:execution/erase": "clara",
  "POST /audit/:execution/erase": "clara",
  "GET /outbox": "hana clara aud omar",
  "POST /reviews/:id/comment": "hana clara",
  "POST /reviews/:id/question": "hana clara",
  "POST /reviews/:id/answer": "ada",
  "GET /executions": "aud omar",
  "GET /executions/:ref": "aud omar",
  "GET /executions/:ref/log": "aud omar",
  "POST /executions/:ref/stop": "omar",
  "POST /executions/:ref/cancel": "omar",
  "POST /api/executions/:ref/cancel": "omar",
  "GET /calibration": "clara aud omar",
  "GET /dead-letters": "aud omar",
  "POST /dead-letters/:workflow/retry": "omar",
  "POST /dead-letters/:workflow/remove": "omar",
  "GET /overview": "hana clara aud omar",
  "GET /api/reviews": "hana clara aud",
  "GET /api/reviews/:id": "hana clara aud ada",
  "POST /api/reviews/:id/decision": "hana clara",
  "POST /callbacks/:token/:action": "anyone",
};

const PEOPLE: Record<string, string> = {
  hana: "hana.holm",
  clara: "clara.conte",
  aud: "aud.aasen",
  omar: "omar.okoye",
  ada: "ada.applicant",
};

let site: TestConsole;
let count = 0;
const sessions = new Map<string, ReturnType<typeof createVisitor>>();
const tokens = new Map<string, string>();
beforeAll(async () => {
  site = await startConsole();
  await createVisitor(site).signIn("ravi.rao");
  for (const [name, subject] of Object.entries(PEOPLE)) {
    const visitor = createVisitor(site);
    await visitor.signIn(subject);
    sessions.set(name, visitor);
    tokens.set(name, await tokenOf(site, subject));
  }
});
afterAll(() => site.close());

/** A case of Ada's, about which she has been asked; a new one for each request, so that none spoils another's. */
async function openReview() {
  const review = sampleReview(`training-matrix-${++count}`, { request: { requester: "ada.applicant@example.com" } });
  await site.reviews.open(review, "callback");
  const by = { subject: "ravi.rao", name: "Ravi Rao" };
  await site.reviews.ask(review.id, { by, roles: ["hr-reviewer"], text: "Why?" });
  return review.id;
}

/** A case of Ada's that the policy has rejected. */
async function closedCase() {
  const execution = `training-closed-${++count}`;
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
  return execution;
}

const routes = () => allRoutes(site.options);

test("every route of the table has a rule, and every rule a route", () => {
  expect(
    routes()
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual(Object.keys(RULES).sort());
});

const FIELDS = {
  option: "approve",
  outcome: "approved",
  reason: "Because.",
  text: "Because.",
  sure: "yes",
  email: "ravi.rao@example.com",
  name: "Guest",
  begins: "2099-01-01",
  ends: "2099-01-02",
};

async function pathOf(route: { path: string }) {
  return route.path
    .replace(":id", await openReview())
    .replace(":execution", await closedCase())
    .replace(
      ":ref",
      Buffer.from("arn:aws:lambda:eu-west-1:000000000000:function:longhaul-training:1/durable-execution/x/y").toString(
        "base64url",
      ),
    )
    .replace(":token", "none")
    .replace(":action", "success")
    .replace(":workflow", "training");
}

async function ask(route: { method: string; path: string; kind: string }, who: string) {
  const path = await pathOf(route);
  const visitor = who === "nobody" ? createVisitor(site) : sessions.get(who);
  if (!visitor) throw new Error(`There is nobody called ${who}.`);
  const token = tokens.get(who);
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  if (route.kind === "api") {
    const body = JSON.stringify({ outcome: "approved", reason: "Because." });
    return createVisitor(site).request(path, route.method === "POST" ? { method: "POST", headers, body } : { headers });
  }
  if (route.method === "GET") return visitor.request(path);
  const csrf = who === "nobody" ? "none" : await visitor.csrf();
  // Signing out ends a session that the other routes need.
  const own = path === "/sign-out" && who !== "nobody" ? await another(who) : visitor;
  return own.request(path, own.form({ ...FIELDS, csrf: own === visitor ? csrf : await own.csrf() }));
}

async function another(who: string) {
  const visitor = createVisitor(site);
  await visitor.signIn(PEOPLE[who] ?? "");
  return visitor;
}

const FORMS = Object.entries(RULES).filter(([rule, allowed]) => /^POST \/(?!api\/)/.test(rule) && allowed !== "anyone");

test.each(FORMS)("%s takes no form without its session's token", async (rule, allowed) => {
  const route = routes().find(({ method, path }) => `${method} ${path}` === rule);
  const visitor = sessions.get(allowed.split(" ")[0] ?? "");
  if (!route || !visitor) throw new Error(`${rule} has no route or nobody who may.`);
  const response = await visitor.request(await pathOf(route), visitor.form({ ...FIELDS, csrf: "none" }));
  expect(response.status).toBe(403);
  expect(await response.text()).toContain("This form does not belong to your session");
});

describe.each(Object.entries(RULES))("%s", (rule, allowed) => {
  test.each(["nobody", ...Object.keys(PEOPLE)])(`by %s: ${allowed}`, async (who) => {
    const route = routes().find(({ method, path }) => `${method} ${path}` === rule);
    if (!route) throw new Error(`${rule} is not in the table.`);
    const response = await ask(route, who);
    const isSignIn = response.headers.get("location")?.startsWith("/sign-in?to=") ?? false;
    if (allowed === "anyone" || allowed.split(" ").includes(who)) {
      expect([401, 403, 500]).not.toContain(response.status);
      expect(isSignIn).toBe(false);
    } else if (who === "nobody") {
      expect(isSignIn || response.status === 401).toBe(true);
    } else {
      expect(response.status).toBe(403);
    }
  });
});
