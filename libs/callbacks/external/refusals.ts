import { type Problem, problem } from "../problem.ts";

export const BODY_LIMIT = 256 * 1024;

/** Why a callback was not taken: each reason is a problem of its own. */
export const refusals = {
  unknown: () => problem("callback-unknown", 404, { title: "No such callback", detail: "No callback has this token." }),
  tooLarge: (bytes: number) =>
    problem("callback-body-too-large", 413, {
      title: "The body is too large",
      detail: `Expected at most ${BODY_LIMIT} bytes, got ${bytes}.`,
    }),
  notJson: () =>
    problem("callback-body-not-json", 400, {
      title: "The body is not JSON",
      detail: "Expected the body to be JSON in UTF-8.",
    }),
  invalid: (detail: string) =>
    problem("callback-body-invalid", 422, { title: "The body is not what the workflow expects", detail }),
  answered: (at: string, sameAnswer: boolean) =>
    problem("callback-already-answered", 409, {
      title: "The callback has been answered",
      detail: sameAnswer
        ? `This very answer was taken at ${at}.`
        : `Another answer was taken at ${at}; this one changes nothing.`,
      sameAnswer,
    }),
  expired: (at: string) =>
    problem("callback-expired", 410, {
      title: "The callback has expired",
      detail: `It could be answered until ${at}.`,
    }),
  revoked: () =>
    problem("callback-revoked", 410, {
      title: "The callback was revoked",
      detail: "The workflow does not want this answer any more.",
    }),
  closed: () =>
    problem("callback-closed", 410, {
      title: "Nothing waits for this callback",
      detail: "The execution has gone on without it, or has ended.",
    }),
  tooMany: (): Problem =>
    problem("callback-rate-limited", 429, {
      title: "Too many requests",
      detail: "Expected at most 60 requests a minute with one token.",
      retryAfterSeconds: 60,
    }),
};
