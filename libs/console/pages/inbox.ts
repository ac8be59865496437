import { html } from "hono/html";
import type { Review } from "#callbacks";
import type { Contract } from "#workflow";
import { isOwnCase, type Visitor } from "../access.ts";
import type { Html } from "./layout.ts";
import { smallScale } from "./scale.ts";
import { subjectOf } from "./subject.ts";
import { left, urgency } from "./time.ts";

export interface InboxView {
  reviews: readonly Review[];
  /** There are more than are shown. */
  more: boolean;
  contracts: readonly Contract[];
  visitor: Visitor;
  now: number;
}

/** What waits, the nearest deadline first. */
export function inboxBody({ reviews, more, contracts, visitor, now }: InboxView): Html {
  if (reviews.length === 0) return empty(visitor);
  const title = (review: Review) => contracts.find(({ name }) => name === review.workflow)?.title ?? review.workflow;
  return html`<div class="head"><h1>Inbox</h1><p class="soft">${more ? `The ${reviews.length} most urgent` : reviews.length} ${
    reviews.length === 1 ? "waits" : "wait"
  } for a decision, the nearest deadline first.</p></div>
<ol class="rows">${reviews.map(
    (review) => html`<li><a class="row" href="/reviews/${review.id}">
<span class="row-main"><strong>${subjectOf(review) || review.request.title}</strong><span class="soft">${title(review)}${
      isOwnCase(visitor, review) ? " · your own case, somebody else decides" : ""
    }</span></span>
<span class="row-score">${review.request.score ? html`<b>${review.request.score.value}</b>${smallScale(review.request.score)}` : html`<span class="soft">no score</span>`}</span>
<span class="due due-${urgency(review.deadlineAt, now)}">${left(review.deadlineAt, now)}</span></a></li>`,
  )}</ol>`;
}

const empty = ({ roles }: Visitor) => html`<div class="head"><h1>Inbox</h1></div>
<section class="empty"><h2>Nothing waits for you</h2><p>When a case needs a decision by ${
  roles.length > 0 ? roles.join(" or ") : "a role that you hold"
}, it appears here and you get a mail. The nearest deadline is always on top.</p></section>`;
