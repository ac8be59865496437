import { Hono } from "hono";
import { sealData } from "iron-session";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startConsole, type TestConsole } from "../../../test/support/console.ts";
import { tokenOf } from "../../../test/support/token.ts";
import { createVisitor } from "../../../test/support/visitor.ts";
import { localPath } from "./routes.ts";
import { createSessions } from "./session.ts";

let site: TestConsole;
beforeAll(async () => {
  site = await startConsole();
});
afterAll(() => site.close());

async function signedIn(subject: string) {
  const visitor = createVisitor(site);
  await visitor.signIn(subject);
  return visitor;
}

test("a sign-in is a code flow with PKCE: challenge, state and nonce are new each time, and the code comes back here", async () => {
  const ask = async () =>
    new URL((await createVisitor(site).request("/sign-in")).headers.get("location") ?? "").searchParams;
  const [one, other] = [await ask(), await ask()];
  expect(Object.fromEntries(one)).toMatchObject({
    response_type: "code",
    code_challenge_method: "S256",
    redirect_uri: `${site.consoleUrl}/sign-in/callback`,
  });
  for (const name of ["code_challenge", "state"]) {
    expect(one.get(name)).toMatch(/^[\w-]{16,}$/);
    expect(one.get(name)).not.toBe(other.get(name));
  }
});

test("a session's cookie is sealed, for this host and secure connections alone, and no script reads it", async () => {
  const sessions = createSessions({ secret: "a-secret-that-is-long-enough-for-sealing", secure: true, now: Date.now });
  const app = new Hono().get("/", async (c) => {
    await sessions.begin(c, { person: { subject: "s", name: "Sealed Name" }, roles: ["auditor"] });
    return c.text("");
  });
  const cookie = (await app.request("/")).headers.getSetCookie().find((one) => one.startsWith("__Host-longhaul="));
  for (const attribute of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"]) expect(cookie).toContain(attribute);
  expect(cookie).not.toMatch(/Domain|Sealed|auditor/);
});

test("a session that somebody planted is not the one that a sign-in makes", async () => {
  const victim = createVisitor(site);
  await victim.follow("/sign-in");
  victim.cookies().set("longhaul", "planted");
  await victim.signIn("hana.holm");
  const cookie = victim.cookies().get("longhaul");
  expect(cookie).not.toBe("planted");
  const first = cookie;
  await victim.signIn("hana.holm");
  expect(victim.cookies().get("longhaul")).not.toBe(first);
});

test("a cookie sealed with another secret, or a changed one, is no session", async () => {
  const visitor = createVisitor(site);
  const session = {
    person: { subject: "x", name: "X" },
    roles: ["auditor"],
    csrf: "c",
    signedInAt: Date.now(),
    seenAt: Date.now(),
  };
  const forged = await sealData(session, { password: "another-secret-that-is-long-enough-too" });
  const hana = await signedIn("hana.holm");
  const real = hana.cookies().get("longhaul") ?? "";
  const middle = Math.floor(real.length / 2);
  const changed = real.slice(0, middle) + (real[middle] === "A" ? "B" : "A") + real.slice(middle + 1);
  for (const value of [forged, changed, real.slice(0, -4), "", "a.b.c"]) {
    visitor.cookies().set("longhaul", value);
    expect((await visitor.request("/inbox")).status).toBe(302);
  }
});

test("the answer of a sign-in that this browser did not begin is refused", async () => {
  const attacker = createVisitor(site);
  const page = await attacker.follow("/sign-in");
  let response = await attacker.request(
    (page as Response & { address: string }).address,
    attacker.form({ person: "hana.holm" }),
  );
  let location = response.headers.get("location") ?? "";
  while (!location.startsWith(`${site.consoleUrl}/sign-in/callback`)) {
    response = await attacker.request(location);
    location = response.headers.get("location") ?? `${site.consoleUrl}/sign-in/callback`;
  }
  const victim = createVisitor(site);
  const answer = await victim.request(location);
  expect(answer.status).toBe(400);
  expect(victim.cookies().has("longhaul")).toBe(false);
});

test("after signing in one comes back to a page of the console, never to another site", () => {
  for (const to of [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/a\nb",
    undefined,
  ])
    expect(localPath(to)).toBe("/");
  expect(localPath("/reviews/a.b?x=1")).toBe("/reviews/a.b?x=1");
});

test("a session ends after an hour without use, and after ten hours with", async () => {
  const hana = await signedIn("hana.holm");
  for (let hour = 0; hour < 9; hour += 1) {
    site.advance(59 * 60_000);
    expect((await hana.request("/inbox")).status).toBe(200);
  }
  site.advance(80 * 60_000);
  expect((await hana.request("/inbox")).status).toBe(302);
  const ravi = await signedIn("ravi.rao");
  site.advance(61 * 60_000);
  expect((await ravi.request("/inbox")).status).toBe(302);
});

test("a bearer token of another audience, another key or none at all is refused with problem details", async () => {
  const token = await tokenOf(site, "hana.holm");
  const [header, body] = token.split(".");
  for (const bad of [
    "",
    "Bearer x",
    `Bearer ${header}.${body}.${"A".repeat(342)}`,
    `Bearer ${header}..`,
    `Basic ${token}`,
  ]) {
    const response = await fetch(`${site.consoleUrl}/api/reviews`, { headers: bad ? { authorization: bad } : {} });
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "NOT_SIGNED_IN", status: 401 });
  }
});
