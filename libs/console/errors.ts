import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import {
  BusyReviewError,
  ContestRefusedError,
  InvalidDecisionError,
  InvalidDelegationError,
  NotPermittedError,
  OutdatedViewError,
  ReviewEndedError,
  ReviewNotFoundError,
} from "#callbacks";
import { CancelNotPermittedError, InvalidCancelError } from "#compensation";
import { InvalidExecutionQueryError } from "#executions";
import { LonghaulError, logger } from "#platform";
import type { Visitor } from "./access.ts";
import { problem } from "./api/problem.ts";
import { DeadLetterGoneError } from "./operations/dead-letters.ts";
import { ExecutionNotFoundError } from "./operations/operations.ts";
import { notice } from "./pages/notice.ts";
import type { Kind } from "./route.ts";

/** What the visitor is told of an error. What nobody foresaw is logged, and nothing of it is told. */
export function refuse(c: Context, error: unknown, { kind, visitor }: { kind: Kind; visitor?: Visitor | undefined }) {
  const { status, code, title, detail } = describe(error);
  if (kind === "api") return problem(c, { status, code, detail });
  return notice(c, { status, title, text: detail, action: { href: "/", label: "To the start" }, visitor });
}

const KNOWN: [new (...given: never[]) => LonghaulError, { status: ContentfulStatusCode; title: string }][] = [
  [ReviewNotFoundError, { status: 404, title: "There is no such review" }],
  [DeadLetterGoneError, { status: 409, title: "It is gone" }],
  [ExecutionNotFoundError, { status: 404, title: "There is no such execution" }],
  [NotPermittedError, { status: 403, title: "This is not yours to see or decide" }],
  [InvalidDecisionError, { status: 422, title: "That is no decision" }],
  [ContestRefusedError, { status: 409, title: "It cannot be contested" }],
  [InvalidDelegationError, { status: 422, title: "That cannot be lent" }],
  [OutdatedViewError, { status: 409, title: "The case has changed" }],
  [ReviewEndedError, { status: 409, title: "The review has ended" }],
  [CancelNotPermittedError, { status: 403, title: "This is not yours to cancel" }],
  [InvalidExecutionQueryError, { status: 422, title: "There is no such page of the list" }],
  [InvalidCancelError, { status: 422, title: "That is no cancel" }],
  [BusyReviewError, { status: 503, title: "Others are at it" }],
];

function describe(error: unknown) {
  if (error instanceof ContestRefusedError && error.why === "role")
    return { status: 403 as const, code: error.code, title: "This is not yours to contest", detail: error.message };
  if (error instanceof ContestRefusedError && error.why === "unknown")
    return {
      status: 404 as const,
      code: error.code,
      title: "No such case has ended",
      detail: "It is still going on, it never was, or its workflow does not record how its cases end.",
    };
  const [, known] = KNOWN.find(([type]) => error instanceof type) ?? [];
  if (known && error instanceof LonghaulError) return { ...known, code: error.code, detail: error.message };
  const { name, stack } = error instanceof Error ? error : { name: "unknown", stack: undefined };
  logger.error("A request failed", { error: name, stack });
  return {
    status: 500 as const,
    code: "FAILED",
    title: "Something failed here",
    detail: "Nothing can be said about whether it was done. Look again before you repeat it.",
  };
}
