import { html } from "hono/html";
import type { Review } from "#callbacks";
import type { Contract } from "#workflow";
import { isOwnCase, type Visitor } from "../access.ts";
import { type InboxQuery, mayDecideNow, withQuery } from "../inbox.ts";
import type { Counts } from "../inbox-counts.ts";
import { inboxFilters, isFiltered } from "./inbox-filters.ts";
import type { Html } from "./layout.ts";
import { smallScale } from "./scale.ts";
import { subjectOf } from "./subject.ts";
import { countdown, span } from "./time.ts";

export interface InboxView {
  reviews: readonly Review[];
  next: string | undefined;
  /** The page is not full because so much was read for it. */
  stopped: boolean;
  roles: readonly string[];
  counts: Counts;
  query: InboxQuery;
  contracts: readonly Contract[];
  visitor: Visitor;
  now: number;
}

/** What waits: tabs and filters above, one row a review; those that are chosen are decided together on a page of their own. */
export function inboxBody(view: InboxView): Html {
  const { reviews, next, query, stopped } = view;
  return html`<div class="head"><h1>Inbox</h1></div>
${inboxFilters(view)}
<div id="live" data-live="20">${
    reviews.length === 0
      ? stopped
        ? ""
        : empty(view)
      : html`<form method="get" action="/inbox/decide" class="pick"><ol class="rows" data-rows>${reviews.map((review) => row(review, view))}</ol>
<div class="bulk"><button>Decide together</button> <button type="reset" class="quiet">Choose none</button></div></form>`
  }${stopped ? html`<p class="soft">Two thousand reviews were looked at for this page, and few of them fit. There may be more.</p>` : ""}${
    next
      ? html`<p class="more"><a class="button quiet" href="/inbox?${withQuery(query, { after: next })}">${stopped ? "Look further" : "Next page"}</a></p>`
      : ""
  }</div>`;
}

function row(review: Review, { contracts, visitor, now, roles }: InboxView) {
  const { request, pausedAt } = review;
  const title = contracts.find(({ name }) => name === review.workflow)?.title ?? review.workflow;
  const notes = notesOn(review, visitor);
  const subject = subjectOf(review);
  const pick = mayDecideNow(visitor, review)
    ? html`<label class="tick"><input type="checkbox" name="id" value="${review.id}"><span class="hidden">Choose ${subject}</span></label>`
    : html`<span class="tick"></span>`;
  return html`<li data-id="${review.id}">${pick}<a class="row" href="/reviews/${review.id}">
<span class="row-main"><strong>${subject}</strong><span class="soft">${title}${roles.length > 1 ? html` · ${review.escalatedTo ?? request.role}` : ""} · waits for ${span(now - Date.parse(review.openedAt))}${notes.map(
    (note) => html` · <span class="note">${note}</span>`,
  )}</span></span>
<span class="row-score">${request.score && !request.score.isUnusable ? html`<b>${request.score.value}</b>${smallScale(request.score)}` : html`<span class="soft">no score</span>`}</span>
${pausedAt ? html`<span class="due due-later">clock stands still</span>` : countdown(review.deadlineAt, now)}</a></li>`;
}

function notesOn(review: Review, visitor: Visitor): string[] {
  const { assignee, votes = [], escalatedTo, request } = review;
  const flags = request.flags?.length ?? 0;
  return [
    ...(isOwnCase(visitor, review) ? ["your own case, somebody else decides"] : []),
    ...(assignee ? [assignee.subject === visitor.person.subject ? "yours" : `${assignee.name} works on it`] : []),
    ...(request.quorum === 2 ? [`${votes.length} of 2 agree`] : []),
    ...(escalatedTo ? [`escalated to ${escalatedTo}`] : []),
    ...(flags > 0 ? [flags === 1 ? "one flag" : `${flags} flags`] : []),
  ];
}

function empty(view: InboxView): Html {
  const { query, roles, counts } = view;
  if (query.view === "mine")
    return html`<section class="empty"><h2>You have claimed nothing</h2><p>Claim a review to keep others from working on it at the same time; it then stands here. Nobody has to claim to decide.</p><p><a class="button quiet" href="/inbox">What waits for me</a></p></section>`;
  if (isFiltered(view) || query.after !== undefined)
    return html`<section class="empty"><h2>Nothing fits these filters</h2><p><a class="button quiet" href="/inbox?view=all">Show all that waits</a></p></section>`;
  if (query.view === "all" && query.due)
    return html`<section class="empty"><h2>${query.due === "overdue" ? "Nothing is overdue" : "Nothing is due within a day"}</h2><p><a class="button quiet" href="/inbox">What waits for me</a></p></section>`;
  if (query.view === "waiting" && counts.all > 0)
    return html`<section class="empty"><h2>Nothing waits for you</h2><p>What waits in your ${roles.length > 1 ? "roles" : "role"} is somebody else's to decide: your own cases, what others work on, and what you have agreed to.</p><p><a class="button quiet" href="/inbox?view=all">Show all that waits</a></p></section>`;
  return html`<section class="empty"><h2>Nothing waits for you</h2><p>When a case needs a decision by ${
    roles.join(" or ") || "one of your roles"
  }, it appears here and you get a mail. The nearest deadline is always on top.</p></section>`;
}
