import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** Problem details (RFC 9457); `code` is stable, `title` and `detail` are for people. */
export function problem(
  c: Context,
  {
    status,
    code,
    detail,
    ...more
  }: { status: ContentfulStatusCode; code: string; detail: string; [key: string]: unknown },
): Response {
  c.header("cache-control", "no-store");
  const body = {
    type: `urn:longhaul:problem:${code.toLowerCase().replaceAll("_", "-")}`,
    title: TITLES[status] ?? "Problem",
    status,
    code,
    detail,
    ...more,
  };
  return c.body(JSON.stringify(body), status, { "content-type": "application/problem+json" });
}

const TITLES: Partial<Record<ContentfulStatusCode, string>> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not permitted",
  404: "Not found",
  405: "Method not allowed",
  409: "Already ended",
  422: "Not a decision",
  503: "Busy",
  500: "Something failed",
};
