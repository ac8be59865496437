import type { Context } from "hono";
import { html } from "hono/html";
import type { Settlement } from "#callbacks";
import type { Visitor } from "../access.ts";
import { decisionSentence } from "./decision-sentence.ts";
import { notice } from "./notice.ts";
import { instant } from "./time.ts";

const WHY: Record<NonNullable<Settlement["why"]>, { title: string; text: string }> = {
  duplicate: { title: "You had decided this before", text: "Your earlier decision stands; this one changed nothing." },
  decided: { title: "Somebody was faster", text: "Your decision was not taken: the review had been decided." },
  expired: {
    title: "The deadline had passed",
    text: "Your decision was not taken. It is kept with the review and can be a reason to open the case again.",
  },
  withdrawn: { title: "It was withdrawn", text: "Your decision was not taken: nothing waits for it any more." },
  superseded: {
    title: "A later outcome stands",
    text: "Your decision was not taken: the case was opened again and has another outcome.",
  },
};

/** Somebody was faster, or the deadline was: says who decided what and when. Nothing of what came late was done. */
export function notTaken(c: Context, visitor: Visitor, { review, why }: Settlement): Promise<Response> {
  const { decision } = review;
  return notice(c, {
    status: 409,
    ...WHY[why ?? "decided"],
    more: decision
      ? html`<p><b>${decisionSentence(review)}</b>, ${instant(decision.at)}.</p><blockquote>${decision.reason}</blockquote>`
      : undefined,
    action: { href: `/reviews/${review.id}`, label: "See the review" },
    visitor,
  });
}
