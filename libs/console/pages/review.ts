import { html } from "hono/html";
import { isSamePerson, optionsOf, type Review, type Similar } from "#callbacks";
import type { Contract } from "#workflow";
import { isOwnCase, standing, type Visitor } from "../access.ts";
import { auditLink } from "./audit-link.ts";
import { caseSections } from "./case-sections.ts";
import { consequences } from "./consequences.ts";
import { decisionForm, type Entered } from "./decision-form.ts";
import { decisionSentence } from "./decision-sentence.ts";
import { historyCard } from "./history.ts";
import type { Html } from "./layout.ts";
import { codeLabel } from "./reason-codes.ts";
import { similarCard } from "./similar.ts";
import { subjectOf } from "./subject.ts";
import { countdown, instant, span } from "./time.ts";
import { whereabouts } from "./whereabouts.ts";
import { answerForm, conversation, workForms } from "./work-forms.ts";

export interface ReviewView {
  review: Review;
  /** The document's text; undefined where the review has none, or it is gone. */
  text: string | undefined;
  /** Absent where it is not for this visitor, or the review has ended. */
  similar: readonly Similar[] | undefined;
  contract: Contract | undefined;
  visitor: Visitor;
  now: number;
  /** What was entered before, where the form comes back. */
  entered?: Entered;
}

/** One review: what is asked, what the model says and from which words, the document, and the decision. */
export function reviewBody(view: ReviewView): Html {
  const { review, text, similar, contract, visitor, now } = view;
  const open = review.status === "open";
  return html`<div class="head"><p class="crumb"><a href="/inbox">Inbox</a></p><h1>${subjectOf(review)}</h1>
<p class="soft">${contract?.title ?? review.workflow}${review.round && review.round > 1 ? ` · round ${review.round}` : ""} · opened ${instant(review.openedAt)}${clock(review, now)}${auditLink(review.execution, visitor)}</p></div>
<div class="columns"><div class="column">${caseSections(review, text)}${similar ? similarCard(review, similar) : ""}${conversation(review)}${historyCard(review)}</div>
<aside class="column side" aria-label="Decision">${side(view)}</aside></div>
${open && standing(visitor, review).may ? html`<a class="jump button" href="#decide">Decide</a>` : ""}
<form hidden method="post" action="/reviews/${review.id}/seen" data-seen><input type="hidden" name="csrf" value="${visitor.csrf ?? ""}"></form>`;
}

function clock({ status, pausedAt, deadlineAt }: Review, now: number): Html | string {
  if (status !== "open") return "";
  if (pausedAt)
    return html` · <span class="warn">the clock stands still since ${span(now - Date.parse(pausedAt))}</span>`;
  return html` · ${countdown(deadlineAt, now)}`;
}

function side(view: ReviewView): Html {
  const { review, visitor, contract, entered } = view;
  if (review.decision) return ended(review);
  const then = consequences(review, contract);
  if (isOwnCase(visitor, review))
    return html`<section class="card"><h2>It waits for a decision</h2><p>This is your own case. Somebody else decides it; you will be told.</p>${then}</section>${answerForm(review, visitor)}`;
  const stands = standing(visitor, review);
  if (!stands.may)
    return html`<section class="card"><h2>It waits for a decision</h2><p>${stands.why} You can read it.</p>${then}</section>`;
  const { assignee, votes = [] } = review;
  if (votes.some(({ by }) => isSamePerson(by, visitor.person)))
    return html`<section class="card"><h2>You have agreed</h2><p>${votes.map(({ by }) => by.name).join(" and ")} agreed. It takes a second, different person to choose the same.</p>${then}</section>${workForms(review, visitor)}`;
  if (assignee && assignee.subject !== visitor.person.subject)
    return html`<section class="card"><h2>${assignee.name} works on it</h2><p>It is theirs to decide until they release it.</p>${then}</section>${workForms(review, visitor)}`;
  return html`${decisionForm(review, { action: `/reviews/${review.id}/decision`, csrf: visitor.csrf ?? "", consequences: then, entered, onBehalfOf: stands.onBehalfOf })}${workForms(review, visitor)}`;
}

function ended(review: Review): Html {
  const { decision, late = [], supersededBy } = review;
  if (!decision) return html``;
  return html`<section class="card outcome outcome-${decision.outcome}"><h2>${decisionSentence(review)}</h2><p>${decision.reason}</p>
${decision.code ? html`<p class="small">In short: ${codeLabel(optionsOf(review.request), decision.option, decision.code)}.</p>` : ""}${decision.with ? html`<p class="small">With ${decision.with.map(({ name }) => name).join(", ")}.</p>` : ""}${
  decision.onBehalfOf
    ? html`<p class="small">On behalf of ${decision.onBehalfOf.map(({ name }) => name).join(", ")}.</p>`
    : ""
}${decision.answers ? html`<dl class="facts">${Object.entries(decision.answers).map(([label, value]) => html`<div><dt>${label}</dt><dd>${String(value)}</dd></div>`)}</dl>` : ""}
<p class="soft small">${instant(decision.at)}. ${whereabouts(review)}</p>
${supersededBy ? html`<p class="warn">A later outcome has taken its place: ${supersededBy}.</p>` : ""}
${late.length > 0 ? html`<p class="warn small">Too late, and kept: ${late.map(({ by, outcome }) => `${by?.name ?? "somebody"} would have ${outcome}`).join("; ")}. It can be a reason to open the case again: <a href="/cases/${review.execution}">see the case</a>.</p>` : ""}
<p class="actions"><a class="button" href="/inbox">Back to the inbox</a> <a class="button quiet" href="/cases/${review.execution}">The case</a></p></section>`;
}
