import type { Context } from "hono";
import { InvalidDecisionError, NotPermittedError, ReviewNotFoundError } from "#callbacks";
import { logger } from "#platform";
import type { Visitor } from "./access.ts";
import { problem } from "./api/problem.ts";
import { notice } from "./pages/notice.ts";
import type { Kind } from "./route.ts";

/** What the visitor is told of an error. What nobody foresaw is logged, and nothing of it is told. */
export function refuse(c: Context, error: unknown, { kind, visitor }: { kind: Kind; visitor?: Visitor | undefined }) {
  const { status, code, title, detail } = describe(error);
  if (kind === "api") return problem(c, { status, code, detail });
  return notice(c, { status, title, text: detail, action: { href: "/", label: "To the start" }, visitor });
}

function describe(error: unknown) {
  if (error instanceof ReviewNotFoundError)
    return {
      status: 404,
      code: error.code,
      title: "There is no such review",
      detail: "The address names no review.",
    } as const;
  if (error instanceof NotPermittedError)
    return {
      status: 403,
      code: error.code,
      title: "This is not yours to see or decide",
      detail: error.message,
    } as const;
  if (error instanceof InvalidDecisionError)
    return { status: 422, code: error.code, title: "That is no decision", detail: error.message } as const;
  logger.error("A request failed", {
    error: error instanceof Error ? error.name : "unknown",
    stack: error instanceof Error ? error.stack : undefined,
  });
  return {
    status: 500,
    code: "FAILED",
    title: "Something failed here",
    detail: "Nothing can be said about whether it was done. Look again before you repeat it.",
  } as const;
}
