import { html } from "hono/html";
import type { CaseOutcome } from "../cases/outcome.ts";
import { digestOf } from "../digest.ts";
import type { CaseExport } from "./export.ts";
import { reviewPart } from "./page-review.ts";

const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}h2{margin-top:2rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc;overflow-wrap:anywhere}code{font-size:.8em;word-break:break-all}pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #ccc;padding:.75rem}blockquote{margin:.25rem 0;padding-left:.75rem;border-left:3px solid #ccc}";

/** An export for people: one HTML file without scripts, pictures or links. Everything in it is escaped. */
export async function exportPage(exported: CaseExport): Promise<string> {
  const { execution, exportedAt, entries, personal, reviews, head, verification, outcome, documents = [] } = exported;
  const records = new Map(personal.map((record) => [digestOf(record), record]));
  const rows = entries.map((entry) => {
    const record = records.get(entry.personal);
    const details = Object.entries(entry.details ?? {}).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    return html`<tr><td>${entry.seq}</td><td>${entry.at}</td><td>${entry.act}</td><td>${entry.review ?? ""}</td>
<td>${record ? `${record.by}${record.via ? ` (${record.via})` : ""}` : "erased"}</td><td>${record?.words ?? ""}</td>
<td>${details.join(", ")}</td><td><code>${entry.hash}</code></td></tr>`;
  });
  const page = await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>Case ${execution}</title><style>${STYLE}</style></head><body>
<h1>Case ${execution}</h1>
<p>Exported at ${exportedAt}. The chain has ${entries.length} entries and ends with <code>${head.hash}</code>.</p>
${outcome ? outcomePart(outcome) : ""}${reviews.map(reviewPart)}
${documents.map(({ review, sha256, text }) => html`<h2>The document of ${review}</h2><p>SHA-256 of its text: <code>${sha256}</code></p><pre>${text}</pre>`)}
<h2>What happened</h2>
<table><thead><tr><th>No.</th><th>When (UTC)</th><th>Act</th><th>Review</th><th>Who</th><th>Words</th><th>Details</th><th>Hash</th></tr></thead>
<tbody>${rows}</tbody></table>
<h2>How to verify it</h2><p>${verification}</p></body></html>`;
  return String(page);
}

const outcomePart = ({
  outcome,
  at,
  decidedBy,
  round,
  reopens,
  contest,
  supersededBy,
}: CaseOutcome) => html`<h2>How it ended</h2>
<p>${outcome} at ${at} by ${decidedBy.map(({ name }) => name).join(" and ") || "the policy, or nobody"}; round ${round}.</p>
${reopens ? html`<p>It looked again at the case ${reopens}.</p>` : ""}
${contest ? html`<p>${contest.by.name} contested it at ${contest.at} as ${contest.as}: ${contest.reason} It was decided again in the case ${contest.execution}.</p>` : ""}
${supersededBy ? html`<p>The outcome of the case ${supersededBy} has taken its place.</p>` : ""}`;
