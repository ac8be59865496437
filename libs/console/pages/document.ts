import { html } from "hono/html";
import type { Html } from "./layout.ts";

const MOST_SHOWN = 200_000;

/** Where a quotation stands in the text, its spaces and line breaks taken as equal; undefined where it does not. */
function find(text: string, quotation: string): { from: number; to: number } | undefined {
  const words = quotation.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  const match = new RegExp(pattern, "i").exec(text);
  return match ? { from: match.index, to: match.index + match[0].length } : undefined;
}

/**
 * The document's text with each quotation marked as `#quote-1`, `#quote-2`, …; answers which of them it holds. What
 * overlaps an earlier mark is not marked again.
 */
export function markedDocument(text: string, quotations: readonly (string | null)[]): { body: Html; found: boolean[] } {
  const shown = text.slice(0, MOST_SHOWN);
  const places = quotations.map((quotation) => (quotation ? find(shown, quotation) : undefined));
  const marks = places
    .flatMap((place, index) => (place ? [{ ...place, index }] : []))
    .sort((one, other) => one.from - other.from);
  const parts: Html[] = [];
  const marked = new Set<number>();
  let at = 0;
  for (const { from, to, index } of marks) {
    if (from < at) continue;
    parts.push(html`${shown.slice(at, from)}<mark id="quote-${index + 1}">${shown.slice(from, to)}</mark>`);
    marked.add(index);
    at = to;
  }
  const rest = text.length > MOST_SHOWN ? html`<p class="soft">The text is longer; this is its beginning.</p>` : "";
  return {
    body: html`<div class="document" tabindex="0" role="region" aria-label="The document's text">${parts}${shown.slice(at)}</div>${rest}`,
    found: quotations.map((_, index) => marked.has(index)),
  };
}
