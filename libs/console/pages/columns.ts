import { html } from "hono/html";
import type { Day } from "../operations/days.ts";
import type { Html } from "./layout.ts";

export interface Series<Name extends string> {
  name: Name;
  label: string;
  /** The name of its colour: see the style. */
  colour: string;
}

const COLUMN = 30;
const HEIGHT = 90;
const TOP = 16;
const FOOT = 16;

/** A column a day, stacked; the same figures stand in a table for those who do not see it. */
export function columns<Name extends string>(
  title: Html | string,
  days: readonly Day<Name>[],
  { series, format = String }: { series: readonly Series<Name>[]; format?: (value: number) => string },
): Html {
  const totals = days.map(({ values }) => series.reduce((sum, { name }) => sum + values[name], 0));
  const most = Math.max(...totals);
  const width = COLUMN * days.length;
  return html`<figure class="columns-figure"><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${width} ${TOP + HEIGHT + FOOT}" aria-hidden="true"><line class="axis" x1="0" x2="${width}" y1="${TOP + HEIGHT}" y2="${TOP + HEIGHT}"/>${most > 0 ? html`<text class="tick" x="0" y="11">${format(most)} at most a day</text>` : ""}${days.map(
    (day, index) => stack(day, { series, x: index * COLUMN + 4, most }),
  )}${[0, days.length - 1].map(
    (index) =>
      html`<text class="tick" x="${index === 0 ? 0 : width}" y="${TOP + HEIGHT + 13}" text-anchor="${index === 0 ? "start" : "end"}">${days[index]?.day ?? ""}</text>`,
  )}</svg>
${series.length > 1 ? legend(days, series) : ""}<details class="small"><summary>As a table</summary><div class="scroll" tabindex="0" role="region" aria-label="By day"><table class="timeline"><thead><tr><th scope="col">Day (UTC)</th>${series.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead><tbody>${days
    .filter((_, index) => (totals[index] ?? 0) > 0)
    .map(
      ({ day, values }) =>
        html`<tr><th scope="row">${day}</th>${series.map(({ name }) => html`<td class="number">${format(values[name])}</td>`)}</tr>`,
    )}</tbody></table></div></details></figure>`;
}

function stack<Name extends string>(
  { values }: Day<Name>,
  { series, x, most }: { series: readonly Series<Name>[]; x: number; most: number },
) {
  let y = TOP + HEIGHT;
  return series.map(({ name, colour }) => {
    const height = most > 0 ? (values[name] / most) * HEIGHT : 0;
    if (height === 0) return "";
    y -= height;
    return html`<rect class="part-${colour}" x="${x}" y="${y.toFixed(1)}" width="${COLUMN - 8}" height="${height.toFixed(1)}"/>`;
  });
}

function legend<Name extends string>(days: readonly Day<Name>[], series: readonly Series<Name>[]) {
  const sum = (name: Name) => days.reduce((total, { values }) => total + values[name], 0);
  return html`<ul class="legend">${series.map(
    ({ name, label, colour }) =>
      html`<li><svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><rect class="part-${colour}" width="10" height="10" rx="2"/></svg> ${label} <b>${sum(name)}</b></li>`,
  )}</ul>`;
}
