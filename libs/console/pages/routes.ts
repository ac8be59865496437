import type { Context } from "hono";
import { html } from "hono/html";
import { InvalidDecisionError, NotPermittedError, Outcome, type Review } from "#callbacks";
import { maySee, type Visitor } from "../access.ts";
import type { Desk } from "../desk.ts";
import { listInbox } from "../inbox.ts";
import type { Route } from "../route.ts";
import { decisionSentence } from "./decision-sentence.ts";
import { inboxBody } from "./inbox.ts";
import { page } from "./layout.ts";
import { notice } from "./notice.ts";
import { reviewBody } from "./review.ts";
import { instant } from "./time.ts";

/** The pages on which people find and decide what waits for them. */
export function reviewPages(desk: Desk): Route[] {
  const show = async (
    c: Context,
    visitor: Visitor,
    shown: { review: Review; entered?: { reason: string; problem: string } },
  ) => {
    const { review, entered } = shown;
    const contract = desk.contracts.find(({ name }) => name === review.workflow);
    const text = await desk.documentText(review);
    const body = reviewBody({ review, text, contract, visitor, now: desk.now(), ...(entered && { entered }) });
    return page(c, { title: review.request.title, visitor, body, status: entered ? 422 : 200 });
  };

  return [
    {
      method: "GET",
      path: "/inbox",
      kind: "page",
      access: "reviewer",
      async answer(c, visitor) {
        const { reviews, more } = await listInbox(desk, visitor);
        const body = inboxBody({ reviews, more, contracts: desk.contracts, visitor, now: desk.now() });
        return page(c, { title: "Inbox", visitor, body });
      },
    },
    {
      method: "GET",
      path: "/reviews/:id",
      kind: "page",
      access: "signed-in",
      async answer(c, visitor) {
        const review = await desk.reviews.get(c.req.param("id") ?? "");
        if (!maySee(visitor, review)) throw new NotPermittedError("role", review.request.role);
        return show(c, visitor, { review });
      },
    },
    {
      method: "POST",
      path: "/reviews/:id/decision",
      kind: "page",
      access: "signed-in",
      async answer(c, visitor) {
        const id = c.req.param("id") ?? "";
        const form = await c.req.parseBody();
        const reason = String(form.reason ?? "");
        const outcome = Outcome.safeParse(form.outcome);
        try {
          if (!outcome.success) throw new InvalidDecisionError("Choose to approve or to reject.");
          const { person: by, roles } = visitor;
          const settlement = await desk.reviews.decide(id, { outcome: outcome.data, reason, by, roles });
          if (settlement.won) return c.redirect(`/reviews/${id}`, 303);
          return notTaken(c, visitor, settlement.review);
        } catch (error) {
          if (!(error instanceof InvalidDecisionError)) throw error;
          const review = await desk.reviews.get(id);
          if (!maySee(visitor, review)) throw new NotPermittedError("role", review.request.role);
          const problem = outcome.success ? "Say why, in 1 to 2,000 characters." : error.message;
          return show(c, visitor, { review, entered: { reason, problem } });
        }
      },
    },
  ];
}

/** Somebody was faster, or the deadline was: says who decided what and when. Nothing of what came late was done. */
const notTaken = (c: Context, visitor: Visitor, review: Review) =>
  notice(c, {
    status: 409,
    title: "Your decision was not taken",
    text: "The review had ended before.",
    more: review.decision
      ? html`<p><b>${decisionSentence(review)}</b>, ${instant(review.decision.at)}.</p><blockquote>${review.decision.reason}</blockquote>`
      : undefined,
    action: { href: `/reviews/${review.id}`, label: "See the review" },
    visitor,
  });
