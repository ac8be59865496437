import type { Settlement } from "./deciding.ts";
import { type Problem, problem } from "./problem.ts";
import type { Decision } from "./review.ts";

/** What a person is told whose decision decided nothing: who did, what and when, or why nobody can any more. Undefined where they won. */
export function problemOf({ won, why, review }: Settlement): Problem | undefined {
  if (won || !why) return undefined;
  const { decision, deadlineAt, supersededBy } = review;
  const { at = deadlineAt, reason } = decision ?? {};
  const kept = review.late?.length ? " Your decision has been kept; it can be a reason to reopen the case." : "";
  switch (why) {
    case "duplicate":
      return problem("review-decided-by-you", 409, {
        title: "You have decided this already",
        detail: `You ${decision?.outcome} it at ${at}. This second time changed nothing.`,
        at,
      });
    case "decided":
      return problem("review-decided", 409, {
        title: "Somebody else has decided this",
        detail: `${nameOf(decision)} ${decision?.outcome} it at ${at}. Your decision changed nothing.`,
        at,
      });
    case "expired":
      return problem("review-expired", 410, {
        title: "The deadline has passed",
        detail: `It could be decided until ${deadlineAt}, and ended as expired, which is no approval.${kept}`,
        at,
      });
    case "withdrawn":
      return problem("review-withdrawn", 410, {
        title: "The request was withdrawn",
        detail: `It was withdrawn at ${at}: ${reason} Your decision changed nothing.`,
        at,
      });
    case "superseded":
      return problem("review-superseded", 410, {
        title: "A later decision has taken its place",
        detail: "The case was reopened, and what was decided then counts. Your decision changed nothing.",
        supersededBy,
      });
  }
}

const nameOf = (decision: Decision | undefined) => decision?.by?.name ?? "Nobody";
