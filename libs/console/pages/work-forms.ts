import { html } from "hono/html";
import type { Review } from "#callbacks";
import type { Visitor } from "../access.ts";
import type { Html } from "./layout.ts";
import { instant } from "./time.ts";

const form = (review: Review, { csrf }: Visitor, { to, body }: { to: string; body: Html }) =>
  html`<form method="post" action="/reviews/${review.id}/${to}"><input type="hidden" name="csrf" value="${csrf ?? ""}">${body}</form>`;

const write = (id: string, label: string, button: string) =>
  html`<label for="${id}">${label}</label><textarea id="${id}" name="text" rows="3" required maxlength="4000"></textarea><button class="quiet">${button}</button>`;

const email = (id: string, label: string) =>
  html`<label for="${id}">${label}</label><input id="${id}" name="email" type="email" required autocomplete="off">`;

/** What one does with an open review besides deciding it. */
export function workForms(review: Review, visitor: Visitor): Html {
  const { assignee, request } = review;
  const isMine = assignee?.subject === visitor.person.subject;
  const claim = isMine
    ? form(review, visitor, {
        to: "release",
        body: html`<p class="small">You have claimed it: nobody else decides it.</p><button class="quiet">Release it</button>`,
      })
    : form(review, visitor, {
        to: "claim",
        body: assignee
          ? html`<button class="quiet" name="takeOver" value="1">Take it over</button>`
          : html`<button class="quiet">Claim it</button>`,
      });
  const ask = html`<details><summary>Ask the applicant</summary>${form(review, visitor, { to: "question", body: write("question", `Your question${request.pauseSeconds ? ". The clock stands still until the answer" : ""}`, "Ask") })}</details>`;
  const comment = html`<details><summary>Comment</summary>${form(review, visitor, { to: "comment", body: write("comment", "For those who decide", "Comment") })}</details>`;
  const give = html`<details><summary>Give it to a colleague</summary>${form(review, visitor, { to: "reassign", body: html`${email("colleague", "E-mail address")}${write("why", "Why", "Give it")}` })}</details>`;
  const link = html`<details><summary>Link for one person without an account</summary>${form(review, visitor, { to: "link", body: html`<p class="small soft">Whoever has the link reads this case and decides it once, under this name; you vouch for them.</p><label for="guest">Name</label><input id="guest" name="name" required maxlength="200" autocomplete="off">${email("guest-email", "E-mail address")}<button class="quiet">Make the link</button>` })}</details>`;
  return html`<section class="card work"><h2>Before you decide</h2>${claim}${request.requester ? ask : ""}${comment}${give}${link}</section>`;
}

/** Where the applicant answers what was asked. */
export function answerForm(review: Review, visitor: Visitor): Html {
  const open = review.questions?.find(({ answer }) => !answer);
  if (!open || review.status !== "open") return html``;
  return html`<section class="card"><h2>You are asked for more</h2><blockquote>${open.text}</blockquote>${form(review, visitor, { to: "answer", body: write("answer", "Your answer", "Send") })}</section>`;
}

/** Comments, questions and answers, where there are any. */
export function conversation({ questions = [], comments = [] }: Review): Html {
  if (questions.length + comments.length === 0) return html``;
  const said = [
    ...questions.flatMap(({ answer, ...question }) => [question, ...(answer ? [answer] : [])]),
    ...comments,
  ].sort((one, other) => (one.at < other.at ? -1 : 1));
  return html`<section class="card"><h2>What was said</h2><ol class="history">${said.map(
    ({ by, at, text }) =>
      html`<li><span><b>${by.name}</b> <span class="soft small">${instant(at)}</span></span><span class="said">${text}</span></li>`,
  )}</ol></section>`;
}
