import type { Context } from "hono";
import type { Access, Visitor } from "./access.ts";

export type Answer = Response | Promise<Response>;

/** Pages refuse with a page and need the session's CSRF token to change anything; the API refuses with problem details. */
export type Kind = "page" | "api";

interface Where {
  method: "GET" | "POST";
  path: string;
  kind: Kind;
}

/** For everybody: it must be harmless, or know its caller by other means (a callback's token). */
export type OpenRoute = Where & { access: "anyone"; answer: (c: Context) => Answer };
export type GuardedRoute = Where & {
  access: Exclude<Access, "anyone">;
  answer: (c: Context, visitor: Visitor) => Answer;
};

/** One route: every route of the console is in the table that `routes.ts` makes of these, with who may use it. */
export type Route = OpenRoute | GuardedRoute;

/** A page that is shown, for those who may see it. */
export const show = (path: string, access: GuardedRoute["access"], answer: GuardedRoute["answer"]): Route => ({
  method: "GET",
  path,
  kind: "page",
  access,
  answer,
});

/** A form that changes something. */
export const act = (path: string, access: GuardedRoute["access"], answer: GuardedRoute["answer"]): Route => ({
  method: "POST",
  path,
  kind: "page",
  access,
  answer,
});
