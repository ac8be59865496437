import type { Context } from "hono";
import { html } from "hono/html";
import { problemOf, type Settlement } from "#callbacks";
import type { Visitor } from "../access.ts";
import { decisionSentence } from "./decision-sentence.ts";
import { notice } from "./notice.ts";
import { instant } from "./time.ts";

/** Somebody was faster, or the deadline was: says who decided what and when. Nothing of what came late was done. */
export function notTaken(c: Context, visitor: Visitor, settlement: Settlement): Promise<Response> {
  const { review } = settlement;
  const { title = "Your decision was not taken", status = 409 } = problemOf(settlement) ?? {};
  const kept = review.late?.some(({ by }) => by?.subject === visitor.person.subject) ?? false;
  return notice(c, {
    status: status as 409 | 410,
    title,
    text: kept
      ? "Your decision changed nothing. It is kept with the review and can be a reason to open the case again."
      : "Your decision changed nothing.",
    more: review.decision
      ? html`<p><b>${decisionSentence(review)}</b>, ${instant(review.decision.at)}.</p><blockquote>${review.decision.reason}</blockquote>`
      : undefined,
    action: { href: `/reviews/${review.id}`, label: "See the review" },
    visitor,
  });
}
