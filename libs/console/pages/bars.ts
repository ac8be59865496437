import { html } from "hono/html";
import type { Html } from "./layout.ts";

export interface Part {
  label: string;
  count: number;
  /** The name of its colour: see the style. */
  colour: string;
}

const WIDTH = 400;

/** One bar of parts, and a legend that says the same in words and numbers. */
export function bar(title: string, parts: readonly Part[]): Html {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const rects: Html[] = [];
  let x = 0;
  for (const { count, colour } of parts) {
    const width = total > 0 ? (count / total) * WIDTH : 0;
    if (width > 0)
      rects.push(
        html`<rect class="part-${colour}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="18"/>`,
      );
    x += width;
  }
  return html`<figure class="bar-figure"><figcaption>${title} <b>${total}</b></figcaption>
<svg viewBox="0 0 ${WIDTH} 18" preserveAspectRatio="none" aria-hidden="true"><rect class="part-none" x="0" y="0" width="${WIDTH}" height="18"/>${rects}</svg>
<ul class="legend">${parts.map(({ label, count, colour }) => html`<li><svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><rect class="part-${colour}" width="10" height="10" rx="2"/></svg> ${label} <b>${count}</b></li>`)}</ul></figure>`;
}
