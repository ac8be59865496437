import { html } from "hono/html";
import type { Review } from "#callbacks";
import { markedDocument } from "./document.ts";
import type { Html } from "./layout.ts";
import { scoreCard } from "./score-card.ts";

/** What a case is about: what is asked, how it was scored, and the document with the quoted words marked. */
export function caseSections({ request }: Review, text: string | undefined): Html {
  const quotations = request.score?.reasons.map(({ quotation }) => quotation) ?? [];
  const document = text === undefined ? undefined : markedDocument(text, quotations);
  const missing = request.document
    ? "The document's text is no longer in the bucket."
    : "This review came without a document.";
  return html`<section class="card"><h2>What is asked</h2>${request.summary ? html`<p class="summary">${request.summary}</p>` : ""}<dl class="facts">${request.facts.map(
    ({ label, value }) =>
      html`<div${value.length > 60 ? html` class="wide"` : ""}><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl></section>
${scoreCard(request, document?.found ?? [])}
<section class="card"><h2>The document</h2>${document?.body ?? html`<p class="soft">${missing}</p>`}</section>`;
}
