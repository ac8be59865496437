import { html } from "hono/html";
import { optionsOf, type Review, type ReviewOption, versionOf } from "#callbacks";
import type { Contract } from "#workflow";
import { standing, type Visitor } from "../access.ts";
import { mayDecideNow } from "../inbox.ts";
import type { Item } from "./bulk-routes.ts";
import { answerFields } from "./decision-form.ts";
import type { Html } from "./layout.ts";
import { scoreCard } from "./score-card.ts";
import { subjectOf } from "./subject.ts";
import { countdown } from "./time.ts";

/** What was sent and not taken. */
export interface BulkEntered {
  form: Record<string, unknown>;
  problem: string;
}

interface BulkView {
  items: readonly Item[];
  entered: BulkEntered | undefined;
  visitor: Visitor;
  contracts: readonly Contract[];
  now: number;
}

/** The options that all of them offer alike and that ask for nothing more; what is said of them only where all say the same. */
export function commonOptions(reviews: readonly Review[]): ReviewOption[] {
  const [first, ...others] = reviews.map(({ request }) => optionsOf(request));
  const isSame = (one: ReviewOption, other: ReviewOption) =>
    one.id === other.id && one.outcome === other.outcome && one.label === other.label && !other.form;
  return (first ?? [])
    .filter((option) => !option.form && others.every((list) => list.some((other) => isSame(option, other))))
    .map((option) => {
      const all = others.map((list) => list.find((other) => isSame(option, other)));
      const { means, reasons, ...bare } = option;
      const codes = JSON.stringify(reasons);
      return {
        ...bare,
        ...(means && all.every((other) => other?.means === means) && { means }),
        ...(reasons && all.every((other) => JSON.stringify(other?.reasons) === codes) && { reasons }),
      };
    });
}

/** Each of those that were chosen, with a check of its own, and one form for all that are checked. */
export function bulkBody(view: BulkView): Html {
  const { items, entered, visitor } = view;
  const open = items.flatMap((item) => ("review" in item && isDecidable(item.review, visitor) ? [item.review] : []));
  const options = commonOptions(open);
  const head = html`<div class="head"><p class="crumb"><a href="/inbox">Inbox</a></p><h1>Decide together</h1><p class="soft">Read each of them and check it. Only those that are checked are decided, each as if it had been decided by itself.</p></div>`;
  if (items.length === 0)
    return html`${head}<section class="empty"><h2>None is chosen</h2><p>Choose reviews in the inbox by the boxes before them.</p><p><a class="button" href="/inbox">Back to the inbox</a></p></section>`;
  const list = html`<ol class="plain bulk-items">${items.map((item) => card(item, view))}</ol>`;
  if (options.length === 0)
    return html`${head}<section class="card"><h2>They cannot be decided together</h2><p>${open.length === 0 ? "None of them is yours to decide now." : "They have no option in common that asks for a reason alone."} Open each of them by itself.</p></section>${list}`;
  return html`${head}<form method="post" action="/inbox/decide" data-decide><input type="hidden" name="csrf" value="${visitor.csrf ?? ""}">
<div class="columns"><div class="column">${list}</div><aside class="column side" aria-label="Decision"><section class="card decide" id="decide"><h2>One decision for all that are checked</h2>${answerFields(
    options,
    entered,
    "It is kept with each of them, and each applicant reads it.",
  )}</section></aside></div></form><a class="jump button" href="#decide">Decide</a>`;
}

const isDecidable = (review: Review, visitor: Visitor) => review.status === "open" && mayDecideNow(visitor, review);

function card(item: Item, { visitor, entered, contracts, now }: BulkView): Html {
  if (!("review" in item))
    return html`<li class="card"><input type="hidden" name="shown" value="${item.id}"><h2 class="mono">${item.id}</h2><p class="warn">${item.why}</p></li>`;
  const { id, review } = item;
  const { request, workflow } = review;
  const shown = html`<input type="hidden" name="shown" value="${id}">`;
  const why = isDecidable(review, visitor) ? undefined : whyNot(review, visitor);
  const checked = [entered?.form.id ?? []].flat().includes(id);
  const title = contracts.find(({ name }) => name === workflow)?.title ?? workflow;
  return html`<li class="card">${shown}${
    why
      ? html`<h2>${subjectOf(review)}</h2><p class="warn">${why}</p>`
      : html`<input type="hidden" name="version.${id}" value="${versionOf(review)}"><label class="check"><input type="checkbox" name="id" value="${id}"${checked ? html` checked` : ""}><span>${subjectOf(review)}</span></label>`
  }<p class="soft small">${title} · ${countdown(review.deadlineAt, now)} · <a href="/reviews/${id}">Open it${request.document ? ", with its document" : ""}</a></p>
<dl class="facts">${request.facts.map(
    ({ label, value }) =>
      html`<div${value.length > 60 ? html` class="wide"` : ""}><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl><div class="within">${scoreCard(request, new Set())}</div></li>`;
}

function whyNot(review: Review, visitor: Visitor): string {
  if (review.status !== "open") return `It has ended: ${review.decision?.outcome ?? review.status}.`;
  const stands = standing(visitor, review);
  if (!stands.may) return stands.why;
  if (review.assignee && review.assignee.subject !== visitor.person.subject)
    return `${review.assignee.name} works on it.`;
  return "You have agreed already: it takes a second, different person.";
}
