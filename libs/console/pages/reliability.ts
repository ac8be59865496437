import { html } from "hono/html";
import type { Bands, Figures, Share } from "#scoring";
import type { Html } from "./layout.ts";

export const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;

const percent = (value: number) => `${Math.round(value * 1_000) / 10} %`;

/** A share as people read it: `3 of 40 = 7.5 % (2.6 % to 19.9 %)`. */
export const share = ({ count: some, of, share: value, low, high }: Share): string =>
  of === 0 ? "none" : `${some} of ${of} = ${percent(value)} (${percent(low)} to ${percent(high)})`;

/** A table that scrolls by itself where the screen is narrow. */
export const table = (label: string, head: readonly string[], rows: readonly (readonly string[])[]): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="shares"><thead><tr>${head.map(
    (cell) => html`<th scope="col">${cell}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ([first = "", ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;

const [LEFT, TOP, WIDTH, HEIGHT] = [44, 12, 440, 200];
const x = (score: number) => LEFT + (score / 100) * WIDTH;
const y = (value: number) => TOP + (1 - value) * HEIGHT;

/** The reliability curve: how often people approved at each score, with its intervals, over the policy's bands. */
export function reliabilityChart(reliability: Figures["reliability"], { rejectBelow, approveAbove }: Bands): Html {
  const known = reliability.filter(({ approved }) => approved.of > 0);
  const middle = ({ from, to }: { from: number; to: number }) => x((from + to) / 2);
  const band = (kind: string, from: number, to: number) =>
    html`<rect class="band-${kind}" x="${x(from)}" y="${TOP + HEIGHT}" width="${x(to) - x(from)}" height="6"/>`;
  const across = [0, 0.25, 0.5, 0.75, 1].map(
    (value) =>
      html`<line class="grid" x1="${LEFT}" x2="${LEFT + WIDTH}" y1="${y(value)}" y2="${y(value)}"/><text class="tick" x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${value * 100} %</text>`,
  );
  const along = [0, rejectBelow, approveAbove, 100].map(
    (score) => html`<text class="tick" x="${x(score)}" y="${TOP + HEIGHT + 22}" text-anchor="middle">${score}</text>`,
  );
  const line = known.map((one) => `${middle(one).toFixed(1)},${y(one.approved.share).toFixed(1)}`).join(" ");
  return html`<svg class="reliability" viewBox="0 0 500 258" role="img" aria-label="${said(known)}">
${across}${band("reject", 0, rejectBelow)}${band("person", rejectBelow, approveAbove)}${band("approve", approveAbove, 100)}${along}
${known.map(
  (one) =>
    html`<line class="interval" x1="${middle(one)}" x2="${middle(one)}" y1="${y(one.approved.low)}" y2="${y(one.approved.high)}"/>`,
)}
<polyline class="curve" points="${line}"/>
${known.map((one) => html`<circle class="marker" cx="${middle(one)}" cy="${y(one.approved.share)}" r="5"/>`)}
<text class="tick" x="${LEFT + WIDTH / 2}" y="${TOP + HEIGHT + 40}" text-anchor="middle">score</text></svg>`;
}

const said = (known: Figures["reliability"]) =>
  known.length === 0
    ? "No person has judged anything beside a score yet."
    : `Share approved by people, by score: ${known.map(({ from, to, approved }) => `${from} to ${to}: ${percent(approved.share)}`).join("; ")}.`;
