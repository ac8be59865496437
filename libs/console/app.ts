import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import { decidingRoles, isAllowed, usable, type Visitor } from "./access.ts";
import { problem } from "./api/problem.ts";
import { type Asset, assets } from "./assets/index.ts";
import type { Desk } from "./desk.ts";
import { refuse } from "./errors.ts";
import { navigationFor } from "./navigation.ts";
import { notice } from "./pages/notice.ts";
import type { Route } from "./route.ts";
import { allRoutes } from "./routes.ts";
import type { IdentityProvider } from "./sign-in/provider.ts";
import { isSameToken, type Known, type Sessions } from "./sign-in/session.ts";

/** A callback may hold 256 KB; more than a little over that is not read. */
const MAX_BODY_BYTES = 272 * 1024;

export interface ConsoleOptions {
  desk: Desk;
  provider: IdentityProvider;
  sessions: Sessions;
  /** Seals what a sign-in remembers. */
  secret: string;
  secure: boolean;
  consoleUrl: string;
}

/** The console: every route of the table, each behind its rule. */
export function createConsole(options: ConsoleOptions): Hono {
  const { secure } = options;
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      strictTransportSecurity: secure ? "max-age=31536000; includeSubDomains" : false,
      referrerPolicy: "same-origin",
      crossOriginResourcePolicy: "same-origin",
      xFrameOptions: "DENY",
      permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
    }),
  );
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES }));
  for (const asset of Object.values(assets)) app.get(asset.path, (c) => sendAsset(c, asset));
  const routes = allRoutes(options);
  for (const route of routes) app.on(route.method, route.path, (c) => serve(c, route, options));
  for (const path of new Set(routes.map((route) => route.path))) app.all(path, (c) => wrongMethod(c, routes));
  app.notFound((c) => notFound(c, options));
  app.onError((error, c) => refuse(c, error, { kind: isApi(c) ? "api" : "page" }));
  return app;
}

function sendAsset(c: Context, { body, type }: Asset): Response {
  return c.body(body, 200, { "content-type": type, "cache-control": "public, max-age=31536000, immutable" });
}

async function serve(c: Context, route: Route, options: ConsoleOptions): Promise<Response> {
  if (route.access === "anyone") return route.answer(c);
  const { kind } = route;
  const { contracts } = options.desk;
  const touch = c.req.header("x-longhaul-live") === undefined;
  const known = kind === "api" ? await byToken(c, options) : await options.sessions.read(c, { touch });
  if (!known) return kind === "api" ? noToken(c) : signInFirst(c);
  const visitor = { ...known, lent: await options.desk.delegations.lentTo(known.person) };
  c.set("navigation", navigationFor(visitor, options.desk));
  if (!isAllowed(route.access, usable(visitor), decidingRoles(contracts))) return notForRole(c, route.kind, visitor);
  if (kind === "page" && route.method === "POST" && !(await isOwnForm(c, visitor))) return foreignForm(c, visitor);
  try {
    return await route.answer(c, visitor);
  } catch (error) {
    return refuse(c, error, { kind, visitor });
  }
}

async function byToken(c: Context, { provider }: ConsoleOptions): Promise<Known | undefined> {
  const [, token] = /^Bearer ([A-Za-z0-9._~+/=-]{20,8192})$/.exec(c.req.header("authorization") ?? "") ?? [];
  return token ? provider.verify(token) : undefined;
}

/** The form was made for this session, and the browser says that it came from this console's own page. */
async function isOwnForm(c: Context, { csrf }: Visitor): Promise<boolean> {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin") return false;
  const type = c.req.header("content-type") ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) return false;
  const sent = (await c.req.parseBody()).csrf;
  return csrf !== undefined && typeof sent === "string" && isSameToken(sent, csrf);
}

function noToken(c: Context) {
  c.header("www-authenticate", 'Bearer realm="longhaul"');
  return problem(c, {
    status: 401,
    code: "NOT_SIGNED_IN",
    detail: "Expected a valid access token as `Authorization: Bearer …`.",
  });
}

/** Reading sends to the sign-in and back. A form that came too late is not lost: its text is shown, and nothing was done. */
async function signInFirst(c: Context): Promise<Response> {
  const { pathname, search } = new URL(c.req.url);
  if (c.req.method !== "POST") return c.redirect(`/sign-in?to=${encodeURIComponent(pathname + search)}`);
  const { reason } = await c.req.parseBody();
  const back = pathname.replace(/\/decision$/, "");
  return notice(c, {
    status: 401,
    title: "Your session is over",
    text: "Nothing was decided. Sign in and do it again.",
    more: reason
      ? html`<label for="kept">What you had written</label><textarea id="kept" rows="6" readonly>${String(reason)}</textarea>`
      : undefined,
    action: { href: `/sign-in?to=${encodeURIComponent(back)}`, label: "Sign in" },
  });
}

function notForRole(c: Context, kind: "page" | "api", visitor: Visitor) {
  const detail = "None of your roles opens this.";
  if (kind === "api") return problem(c, { status: 403, code: "NOT_PERMITTED", detail });
  return notice(c, {
    status: 403,
    title: "This page is for other roles",
    text: `${detail} You are signed in as ${visitor.person.name}, with ${visitor.roles.join(", ") || "no role"}.`,
    action: { href: "/", label: "To the start" },
    visitor,
  });
}

const foreignForm = (c: Context, visitor: Visitor) =>
  notice(c, {
    status: 403,
    title: "This form does not belong to your session",
    text: "Nothing was changed. Open the page again and repeat it there.",
    action: { href: "/", label: "To the start" },
    visitor,
  });

function wrongMethod(c: Context, routes: readonly Route[]) {
  const methods = new Set(routes.filter(({ path }) => path === c.req.routePath).map(({ method }) => method));
  c.header("allow", [...methods, ...(methods.has("GET") ? ["HEAD"] : [])].join(", "));
  const detail = `Expected ${[...methods].join(" or ")}. Nothing was changed.`;
  if (isApi(c)) return problem(c, { status: 405, code: "METHOD_NOT_ALLOWED", detail });
  return notice(c, {
    status: 405,
    title: "Nothing is done this way",
    text: detail,
    action: { href: "/", label: "To the start" },
  });
}

async function notFound(c: Context, { sessions, desk }: ConsoleOptions) {
  if (isApi(c)) return problem(c, { status: 404, code: "NOT_FOUND", detail: "The API has no such address." });
  const known = await sessions.read(c, { touch: false });
  const visitor = known && { ...known, lent: [] };
  if (visitor) c.set("navigation", navigationFor(visitor, desk));
  return notice(c, {
    status: 404,
    title: "There is no such page",
    text: "The address leads nowhere.",
    action: { href: "/", label: "To the start" },
    visitor,
  });
}

const isApi = (c: Context) => c.req.path === "/api" || c.req.path.startsWith("/api/");
