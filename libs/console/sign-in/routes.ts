import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { sealData, unsealData } from "iron-session";
import { logger } from "#platform";
import { notice } from "../pages/notice.ts";
import type { People } from "../people.ts";
import type { Route } from "../route.ts";
import { type IdentityProvider, SignInState } from "./provider.ts";
import type { Sessions } from "./session.ts";

const COOKIE = "longhaul-sign-in";
const MINUTES = 10;

/** Signing in by the OpenID provider, and out again. */
export function signInRoutes(options: {
  provider: IdentityProvider;
  desk: { people: People };
  sessions: Sessions;
  secret: string;
  secure: boolean;
  consoleUrl: string;
}): Route[] {
  const {
    provider,
    desk: { people },
    sessions,
    secret,
    secure,
    consoleUrl,
  } = options;
  const attributes = { path: "/sign-in", httpOnly: true, sameSite: "Lax", secure } as const;

  const remembered = async (c: Context) => {
    const seal = getCookie(c, COOKIE);
    if (!seal) return undefined;
    return SignInState.safeParse(await unsealData(seal, { password: secret, ttl: MINUTES * 60 })).data;
  };

  return [
    {
      method: "GET",
      kind: "page",
      path: "/sign-in",
      access: "anyone",
      async answer(c) {
        // The provider sends the browser back to the console's own address; its cookies must be that address's too.
        const { host } = new URL(consoleUrl);
        const here = new URL(c.req.url);
        if (c.req.header("host") !== host) return c.redirect(`${consoleUrl}${here.pathname}${here.search}`);
        const { location, remembered: state } = await provider.begin(
          localPath(c.req.query("to")),
          c.req.query("again") !== undefined,
        );
        const seal = await sealData(state, { password: secret, ttl: MINUTES * 60 });
        setCookie(c, COOKIE, seal, { ...attributes, maxAge: MINUTES * 60 });
        return c.redirect(location.href);
      },
    },
    {
      method: "GET",
      kind: "page",
      path: "/sign-in/callback",
      access: "anyone",
      async answer(c) {
        const state = await remembered(c);
        deleteCookie(c, COOKIE, attributes);
        if (!state) return notice(c, stale());
        try {
          const here = new URL(c.req.url);
          const who = await provider.finish(new URL(`${consoleUrl}${here.pathname}${here.search}`), state);
          await people.remember(who.person);
          await sessions.begin(c, who);
        } catch (error) {
          logger.warn("A sign-in was refused", { error: error instanceof Error ? error.name : "unknown" });
          return notice(c, stale());
        }
        return c.redirect(state.returnTo, 303);
      },
    },
    {
      method: "POST",
      path: "/sign-out",
      kind: "page",
      access: "signed-in",
      answer(c) {
        sessions.end(c);
        return c.redirect("/signed-out", 303);
      },
    },
    {
      method: "GET",
      kind: "page",
      path: "/signed-out",
      access: "anyone",
      answer: (c) =>
        notice(c, {
          status: 200,
          title: "You are signed out",
          text: "This browser's session is over.",
          action: { href: "/sign-in?again", label: "Sign in" },
        }),
    },
  ];
}

const stale = () => ({
  status: 400 as const,
  title: "This sign-in did not work",
  text: "It was begun in another browser, took longer than ten minutes, or was used before. Nothing was changed.",
  action: { href: "/sign-in", label: "Sign in again" },
});

/** Where to go after signing in: a path of this console, never another site's address. */
export function localPath(to: string | undefined): string {
  return to && /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(to) && !to.includes("\\") ? to : "/";
}
