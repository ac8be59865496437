import { html } from "hono/html";
import type { HistoryEntry, Review, Verification } from "#callbacks";
import { isAllowed, usable, type Visitor } from "../access.ts";
import { decisionSentence } from "./decision-sentence.ts";
import type { Html } from "./layout.ts";
import { subjectOf } from "./subject.ts";
import { instant } from "./time.ts";

/** Where one looks for a case, and the reviews that ended last. */
export const auditBody = ({
  search,
  found,
  settled,
}: {
  search: string;
  found: boolean;
  settled: readonly Review[];
}): Html =>
  html`<div class="head"><h1>Audit</h1><p class="soft">Who was shown what, who decided, when and why: each case has a chain of entries that cannot be changed unnoticed.</p></div>
<form class="tools filters-open" method="get" action="/audit" role="search"><span class="field wide-field"><label for="search">Case, review, or the key of an uploaded object</label><input id="search" name="search" value="${search}" autocomplete="off"></span><button>Find</button></form>
${search && !found ? html`<p class="error" role="status">No case has this name. Names are found whole, not by parts.</p>` : ""}
<h2 class="section">Ended last</h2>
${
  settled.length === 0
    ? html`<section class="empty"><h2>No review has ended yet</h2></section>`
    : html`<ol class="rows">${settled.map(
        (review) =>
          html`<li><a class="row row-audit" href="/audit/${review.execution}"><span class="row-main"><strong>${subjectOf(review)}</strong><span class="soft">${decisionSentence(review)}</span></span><span class="due due-later">${review.decision ? instant(review.decision.at) : ""}</span></a></li>`,
      )}</ol>`
}`;

/** One case's chain, with who acted where that has not been erased. */
export function chainBody(
  execution: string,
  {
    history,
    verification,
    visitor,
    reviews,
  }: {
    history: readonly HistoryEntry[];
    verification: Verification | undefined;
    visitor: Visitor;
    reviews: readonly Review[];
  },
): Html {
  const form = (to: string, body: Html) =>
    html`<form method="post" action="/audit/${execution}/${to}"><input type="hidden" name="csrf" value="${visitor.csrf ?? ""}">${body}</form>`;
  return html`<div class="head"><p class="crumb"><a href="/audit">Audit</a></p><h1 class="mono">${execution}</h1><p class="soft">${history.length} entries${reviews.map(
    ({ id, name }) => html` · <a href="/reviews/${id}">${name}</a>`,
  )} · <a href="/cases/${execution}">the case</a></p></div>
<div class="stack">${verification ? verdict(verification) : ""}
<div class="actions">${form("verify", html`<button>Verify the chain</button>`)}${form("export", html`<button class="quiet" name="format" value="json">Export as JSON</button> <button class="quiet" name="format" value="html">Export as HTML</button>`)}${
    isAllowed("officer", usable(visitor), new Set())
      ? html`<a class="button quiet" href="/audit/${execution}/erase">Erase personal data</a>`
      : ""
  }</div>${history.filter(({ act }) => act === "erased").map(erasure)}
<section class="card"><h2>What happened</h2><div class="scroll" tabindex="0" role="region" aria-label="What happened"><table class="timeline"><thead><tr><th scope="col">No.</th><th scope="col">When</th><th scope="col">Act</th><th scope="col">Who</th><th scope="col">Words and details</th><th scope="col">Hash</th></tr></thead><tbody>${history.map(
    ({ seq, at, act, by, words, details = {}, hash }) =>
      html`<tr><td class="number">${seq}</td><td>${instant(at)}</td><th scope="row">${act}</th><td>${by ?? html`<span class="soft">erased</span>`}</td><td>${words ?? ""} <span class="soft small">${Object.entries(
        details,
      )
        .map(([name, value]) => `${name}: ${shortly(String(value))}`)
        .join(", ")}</span></td><td class="mono small">${hash.slice(0, 12)}</td></tr>`,
  )}</tbody></table></div></section></div>`;
}

const erasure = ({ at, by, words }: HistoryEntry) =>
  html`<section class="card outcome outcome-expired"><h2>Personal data was erased</h2><p>${instant(at)} by ${by ?? "somebody"}: ${words ?? ""}</p></section>`;

/** A digest by its beginning, as hashes are shown: the whole of it is in the export. */
const shortly = (value: string) => (/^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value);

const verdict = ({ valid, problems, entries, erased }: Verification) =>
  valid
    ? html`<section class="card outcome outcome-approved" role="status"><h2>The chain verifies</h2><p>${entries} entries, none changed, removed or moved${erased > 0 ? `; the personal data of ${erased} was erased on purpose` : ""}.</p></section>`
    : html`<section class="card outcome outcome-rejected" role="alert"><h2>The chain does not verify</h2><ul>${problems.map((problem) => html`<li>${problem}</li>`)}</ul></section>`;
