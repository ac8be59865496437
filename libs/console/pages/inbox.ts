import { html } from "hono/html";
import type { Review } from "#callbacks";
import type { Contract } from "#workflow";
import { isOwnCase, type Visitor } from "../access.ts";
import { type InboxQuery, withQuery } from "../inbox.ts";
import { inboxFilters } from "./inbox-filters.ts";
import type { Html } from "./layout.ts";
import { smallScale } from "./scale.ts";
import { subjectOf } from "./subject.ts";
import { countdown, span } from "./time.ts";

export interface InboxView {
  reviews: readonly Review[];
  next: string | undefined;
  role: string;
  roles: readonly string[];
  counts: { waiting: number; today: number };
  query: InboxQuery;
  contracts: readonly Contract[];
  visitor: Visitor;
  now: number;
}

/** What waits: tabs and filters above, one row a review. */
export function inboxBody(view: InboxView): Html {
  const { reviews, next, query } = view;
  return html`<div class="head"><h1>Inbox</h1></div>
${inboxFilters(view)}
<div id="live" data-live="20">${
    reviews.length === 0
      ? empty(view)
      : html`<ol class="rows" data-rows>${reviews.map((review) => row(review, view))}</ol>`
  }${next ? html`<p class="more"><a class="button quiet" href="/inbox?${withQuery(query, { after: next })}">Next page</a></p>` : ""}</div>`;
}

function row(review: Review, { contracts, visitor, now }: InboxView) {
  const { request, pausedAt } = review;
  const title = contracts.find(({ name }) => name === review.workflow)?.title ?? review.workflow;
  const notes = notesOn(review, visitor);
  return html`<li data-id="${review.id}"><a class="row" href="/reviews/${review.id}">
<span class="row-main"><strong>${subjectOf(review)}</strong><span class="soft">${title} · waits for ${span(now - Date.parse(review.openedAt))}${notes.map(
    (note) => html` · <span class="note">${note}</span>`,
  )}</span></span>
<span class="row-score">${request.score && !request.score.isUnusable ? html`<b>${request.score.value}</b>${smallScale(request.score)}` : html`<span class="soft">no score</span>`}</span>
${pausedAt ? html`<span class="due due-later">clock stands still</span>` : countdown(review.deadlineAt, now)}</a></li>`;
}

function notesOn(review: Review, visitor: Visitor): string[] {
  const { assignee, votes = [], escalatedTo, request } = review;
  return [
    ...(isOwnCase(visitor, review) ? ["your own case, somebody else decides"] : []),
    ...(assignee ? [assignee.subject === visitor.person.subject ? "yours" : `${assignee.name} works on it`] : []),
    ...(request.quorum === 2 ? [`${votes.length} of 2 agree`] : []),
    ...(escalatedTo ? [`escalated to ${escalatedTo}`] : []),
  ];
}

function empty({ query, role, visitor }: InboxView): Html {
  const filtered = query.workflow ?? query.due ?? query.min ?? query.max ?? query.after;
  if (query.view === "mine")
    return html`<section class="empty"><h2>You have claimed nothing</h2><p>Claim a review to keep others from working on it at the same time; it then stands here. Nobody has to claim to decide.</p><p><a class="button quiet" href="/inbox">What waits for everybody</a></p></section>`;
  if (filtered !== undefined)
    return html`<section class="empty"><h2>Nothing fits these filters</h2><p><a class="button quiet" href="/inbox?role=${role}">Show all that waits</a></p></section>`;
  return html`<section class="empty"><h2>Nothing waits for you</h2><p>When a case needs a decision by ${
    role || visitor.roles.join(" or ")
  }, it appears here and you get a mail. The nearest deadline is always on top.</p></section>`;
}
