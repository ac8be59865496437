import { html } from "hono/html";
import { digestOf } from "../digest.ts";
import type { Review } from "../review.ts";
import type { CaseExport } from "./export.ts";

const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc}code{font-size:.8em;word-break:break-all}";

/** An export for people: one HTML file without scripts, pictures or links. Everything in it is escaped. */
export async function exportPage(exported: CaseExport): Promise<string> {
  const { execution, exportedAt, entries, personal, reviews, head, verification } = exported;
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
${reviews.map(reviewPart)}
<h2>What happened</h2>
<table><thead><tr><th>No.</th><th>When (UTC)</th><th>Act</th><th>Review</th><th>Who</th><th>Words</th><th>Details</th><th>Hash</th></tr></thead>
<tbody>${rows}</tbody></table>
<h2>How to verify it</h2><p>${verification}</p></body></html>`;
  return String(page);
}

const reviewPart = ({ request, decision, status, name }: Review) => html`<h2>${request.title}</h2>
<p>Review ${name}: ${status}${decision ? html`, ${decision.outcome} at ${decision.at} by ${decision.by?.name ?? "nobody"}. ${decision.reason}` : ""}</p>
<table><tbody>${request.facts.map(({ label, value }) => html`<tr><th>${label}</th><td>${value}</td></tr>`)}</tbody></table>`;
