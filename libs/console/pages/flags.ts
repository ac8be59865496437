import { html } from "hono/html";
import type { ReviewRequest } from "#callbacks";
import type { Html } from "./layout.ts";

type Flag = NonNullable<ReviewRequest["flags"]>[number];

const NAMES: Record<string, string> = {
  hidden: "Hidden text",
  instructions: "Speaks to the model",
  encoded: "Encoded text",
  "forged-marks": "Forged marks",
  repeated: "Repetition",
  language: "Language",
  cut: "Cut",
};

/** What was found in the document besides what it says. `found`: whose excerpts are marked in it. */
export function flagList(flags: readonly Flag[] = [], found: readonly boolean[]): Html {
  if (flags.length === 0) return html``;
  return html`<ul class="flags" aria-label="Found in the document">${flags.map(
    ({ kind, note, excerpt }, index) =>
      html`<li><b>${NAMES[kind] ?? kind}</b> ${note}${excerpt ? html` <q>${excerpt}</q>` : ""}${
        found[index] ? html` <a class="small" href="#flag-${index + 1}">Show in the document</a>` : ""
      }</li>`,
  )}</ul>`;
}
