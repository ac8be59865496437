import { html } from "hono/html";
import type { Review } from "#callbacks";
import type { Contract } from "#workflow";
import { isOwnCase, mayDecide, type Visitor } from "../access.ts";
import { decisionForm, type Entered } from "./decision-form.ts";
import { decisionSentence } from "./decision-sentence.ts";
import { markedDocument } from "./document.ts";
import type { Html } from "./layout.ts";
import { scale } from "./scale.ts";
import { subjectOf } from "./subject.ts";
import { instant, left, urgency } from "./time.ts";

export interface ReviewView {
  review: Review;
  /** The document's text; undefined where the review has none, or it is gone. */
  text: string | undefined;
  contract: Contract | undefined;
  visitor: Visitor;
  now: number;
  /** What was entered before, where the form comes back. */
  entered?: Entered;
}

/** One review: what is asked, what the model says and from which words, the document, and the decision. */
export function reviewBody(view: ReviewView): Html {
  const { review, text, contract, now } = view;
  const { request } = review;
  const quotations = request.score?.reasons.map(({ quotation }) => quotation) ?? [];
  const document = text === undefined ? undefined : markedDocument(text, quotations);
  const open = review.status === "open";
  return html`<div class="head"><p class="crumb"><a href="/inbox">Inbox</a></p><h1>${subjectOf(review) || request.title}</h1>
<p class="soft">${contract?.title ?? review.workflow} · opened ${instant(review.openedAt)}${
    open ? html` · <span class="due due-${urgency(review.deadlineAt, now)}">${left(review.deadlineAt, now)}</span>` : ""
  }</p></div>
<div class="columns"><div class="column">
<section class="card"><h2>What is asked</h2><dl class="facts">${request.facts.map(
    ({ label, value }) =>
      html`<div${value.length > 60 ? html` class="wide"` : ""}><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl></section>
<section class="card"><h2>${request.score ? "How it was scored" : "Not scored"}</h2><p>${request.concern}</p>${
    request.score
      ? html`${scale(request.score)}<ol class="reasons">${request.score.reasons.map((reason, index) => reasonItem(reason, index, document?.found[index] ?? false))}</ol><p class="soft small">Scored by ${request.score.model}. A score is advice; you decide.</p>`
      : ""
  }</section>
<section class="card"><h2>The document</h2>${document?.body ?? html`<p class="soft">${request.document ? "The document's text is no longer in the bucket." : "This review came without a document."}</p>`}</section>
</div><aside class="column side" aria-label="Decision">
${side(view)}
<section class="card"><h2>History</h2><ol class="history">${review.audit.map(
    ({ act, at, by, note }) =>
      html`<li><span><b>${ACTS[act] ?? act}</b> by ${by}</span><span class="soft small">${instant(at)}</span>${note ? html`<q>${note}</q>` : ""}</li>`,
  )}</ol></section>
</aside></div>`;
}

const ACTS: Record<string, string> = {
  opened: "Opened",
  told: "Reviewers told",
  decided: "Decided",
  expired: "Expired",
  withdrawn: "Withdrawn",
  delivered: "Delivered to the workflow",
  undeliverable: "The workflow no longer waited",
};

function reasonItem(
  {
    criterion,
    level,
    reason,
    quotation,
  }: { criterion: string; level: number; reason: string; quotation: string | null },
  index: number,
  found: boolean,
) {
  return html`<li><p><b>${criterion}</b> <span class="level">${level}</span> ${reason}</p>${
    quotation
      ? html`<blockquote>${quotation}</blockquote>${
          found
            ? html`<a class="small" href="#quote-${index + 1}">Show it in the document<span class="hidden">: ${criterion}</span></a>`
            : html`<p class="warn small">These words are not in the document as it was read.</p>`
        }`
      : ""
  }</li>`;
}

function side(view: ReviewView): Html {
  const { review, visitor, contract } = view;
  const onExpiry = contract?.reviews[review.name]?.onExpiry;
  if (review.decision) {
    return html`<section class="card outcome outcome-${review.decision.outcome}"><h2>${decisionSentence(review)}</h2><p>${review.decision.reason}</p><p class="soft small">${instant(review.decision.at)}. ${
      review.delivered ? "The workflow has it." : "It is on its way to the workflow."
    }</p><p><a class="button" href="/inbox">Back to the inbox</a></p></section>`;
  }
  const deadline = html`<p class="soft small">Until ${instant(review.deadlineAt)}. ${onExpiry ?? ""}</p>`;
  if (mayDecide(visitor, review)) return decisionForm(review, visitor, { deadline, entered: view.entered });
  const why = isOwnCase(visitor, review)
    ? "This is your own case. Somebody else decides it; you will be told."
    : `It takes the role ${review.request.role} to decide this. You can read it.`;
  return html`<section class="card"><h2>It waits for a decision</h2><p>${why}</p>${deadline}</section>`;
}
