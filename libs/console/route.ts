import type { Context } from "hono";
import type { Access, Visitor } from "./access.ts";

export type Answer = Response | Promise<Response>;

/** Pages refuse with a page and need the session's CSRF token to change anything; the API refuses with problem details. */
export type Kind = "page" | "api";

/** One route: every route of the console is in the table that `routes.ts` makes of these, with who may use it. */
export type Route =
  | { method: "GET"; path: string; access: "anyone"; answer: (c: Context) => Answer }
  | {
      method: "GET" | "POST";
      path: string;
      kind: Kind;
      access: Exclude<Access, "anyone">;
      answer: (c: Context, visitor: Visitor) => Answer;
    };
