import { html } from "hono/html";
import { searchable } from "./document-search.ts";
import type { Html } from "./layout.ts";

const MOST_SHOWN = 200_000;
/** Letters that no screen shows; a soft hyphen and an emoji's joiner are what word processors leave behind. */
const UNSEEN = /[^\P{Cf}\u00ad\u200d]+/gu;

/** What is to be marked, by the id that its mark gets. */
export interface Mark {
  id: string;
  words: string | null | undefined;
  kind: "quote" | "flag";
}

/**
 * The document's text with its marks, and those of their ids that it holds. What overlaps an earlier mark is not marked
 * again. Letters that nobody sees are shown as how many they are.
 */
export function markedDocument(text: string, marks: readonly Mark[]): { body: Html; found: ReadonlySet<string> } {
  const shown = text.slice(0, MOST_SHOWN);
  const document = searchable(shown);
  const places = marks
    .flatMap(({ id, words, kind }) => {
      const place = words ? document.find(words) : undefined;
      return place ? [{ ...place, id, kind }] : [];
    })
    .sort((one, other) => one.from - other.from);
  const parts: Html[] = [];
  const found = new Set<string>();
  let at = 0;
  for (const { from, to, id, kind } of places) {
    if (from < at) continue;
    parts.push(
      html`${seen(shown.slice(at, from))}<mark id="${id}"${kind === "flag" ? html` class="flag"` : ""}>${seen(shown.slice(from, to))}</mark>`,
    );
    found.add(id);
    at = to;
  }
  const rest = text.length > MOST_SHOWN ? html`<p class="soft">The text is longer; this is its beginning.</p>` : "";
  return {
    body: html`<div class="document" tabindex="0" role="region" aria-label="The document's text">${parts}${seen(shown.slice(at))}</div>${rest}`,
    found,
  };
}

/** Words, and in place of what nobody would see, a note of it. */
function seen(text: string): Html[] {
  const parts: Html[] = [];
  let at = 0;
  for (const match of text.matchAll(UNSEEN)) {
    const count = [...match[0]].length;
    parts.push(
      html`${text.slice(at, match.index)}<span class="unseen">${count} unseen ${count === 1 ? "character" : "characters"}</span>`,
    );
    at = match.index + match[0].length;
  }
  parts.push(html`${text.slice(at)}`);
  return parts;
}
