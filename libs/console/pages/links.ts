import type { Context } from "hono";
import { html } from "hono/html";
import { InvalidDecisionError, OutdatedViewError, type Problem, problemOf, type Review } from "#callbacks";
import { contractOf, type Desk } from "../desk.ts";
import type { Route } from "../route.ts";
import { caseSections } from "./case-sections.ts";
import { chosenFrom } from "./chosen.ts";
import { consequences } from "./consequences.ts";
import { decisionForm, type Entered, enteredBefore } from "./decision-form.ts";
import { page } from "./layout.ts";
import { notice } from "./notice.ts";
import { subjectOf } from "./subject.ts";
import { countdown } from "./time.ts";

/** One-person links: for somebody without an account, who may read one review and decide it once. The token is who they are. */
export function linkPages(desk: Desk): Route[] {
  const refused = (c: Context, { status, title, detail }: Problem) =>
    notice(c, { status: status as 404 | 409 | 410, title, text: detail });
  const linkPage = async (c: Context, token: string, { review, entered }: { review: Review; entered?: Entered }) => {
    const contract = contractOf(desk, review.workflow);
    const then = html`${consequences(review, contract)}<p class="soft small">This link is for you alone, and is used up by your decision.</p>`;
    const form = decisionForm(review, {
      action: `/links/${token}/decision`,
      consequences: then,
      entered,
      onBehalfOf: [],
    });
    const text = await desk.documentText(review);
    return page(c, {
      title: review.request.title,
      status: entered ? 422 : 200,
      body: html`<div class="head"><h1>${subjectOf(review)}</h1><p class="soft">${contract?.title ?? review.workflow} · ${countdown(review.deadlineAt, desk.now())}</p></div><div class="columns"><div class="column">${caseSections(review, text)}</div><aside class="column side" aria-label="Decision">${form}</aside></div>`,
    });
  };

  return [
    {
      method: "GET",
      kind: "page",
      path: "/links/:token",
      access: "anyone",
      async answer(c) {
        const token = c.req.param("token") ?? "";
        const link = await desk.links.open(token);
        return "problem" in link ? refused(c, link.problem) : linkPage(c, token, { review: link.review });
      },
    },
    {
      method: "POST",
      kind: "page",
      path: "/links/:token/decision",
      access: "anyone",
      async answer(c) {
        const token = c.req.param("token") ?? "";
        const link = await desk.links.open(token);
        if ("problem" in link) return refused(c, link.problem);
        const form = await c.req.parseBody();
        try {
          const settled = await desk.links.decide(token, chosenFrom(link.review, form));
          const problem = "problem" in settled ? settled.problem : problemOf(settled);
          if (problem) return refused(c, problem);
          const title = "waitingFor" in settled && settled.waitingFor ? "You have agreed" : "You have decided";
          return notice(c, { status: 200, title, text: "It is recorded with your name. You can close this page." });
        } catch (error) {
          if (!(error instanceof InvalidDecisionError || error instanceof OutdatedViewError)) throw error;
          return linkPage(c, token, { review: link.review, entered: enteredBefore(form, error) });
        }
      },
    },
  ];
}
