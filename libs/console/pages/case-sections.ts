import { html } from "hono/html";
import type { Review } from "#callbacks";
import { type Mark, markedDocument } from "./document.ts";
import type { Html } from "./layout.ts";
import { flagMark, quoteMark, scoreCard } from "./score-card.ts";

/** What a case is about: what is asked, how it was scored, and the document with the quoted words marked. */
export function caseSections({ request }: Review, text: string | undefined): Html {
  const document = text === undefined ? undefined : markedDocument(text, marksOf(request));
  return html`${reopened(request)}<section class="card"><h2>What is asked</h2>${request.summary ? html`<p class="summary">${request.summary}</p>` : ""}<dl class="facts">${request.facts.map(
    ({ label, value }) =>
      html`<div${value.length > 60 ? html` class="wide"` : ""}><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl></section>
${scoreCard(request, document?.found ?? new Set())}
${
  request.document
    ? html`<section class="card"><h2>The document</h2>${document?.body ?? html`<p class="soft">The document's text is no longer in the bucket.</p>`}</section>`
    : ""
}`;
}

const marksOf = ({ score, flags = [] }: Review["request"]): Mark[] => [
  ...(score?.reasons ?? []).map(
    ({ quotation }, index): Mark => ({ id: quoteMark(index), words: quotation, kind: "quote" }),
  ),
  ...flags.map(({ excerpt }, index): Mark => ({ id: flagMark(index), words: excerpt, kind: "flag" })),
];

/** Which decision is looked at again, and why. */
const reopened = ({ reopens }: Review["request"]) =>
  reopens
    ? html`<section class="card"><h2>Looked at again</h2><p>The ${reopens.as} contested that it was <b>${reopens.outcome}</b> in <a class="mono" href="/cases/${reopens.of}">${reopens.of}</a>. Whoever decided then does not decide now.</p><blockquote>${reopens.reason}</blockquote></section>`
    : "";
