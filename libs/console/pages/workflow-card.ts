import { html } from "hono/html";
import type { ExecutionRecord } from "#executions";
import { isAllowed, usable, type Visitor } from "../access.ts";
import { dollars } from "../operations/cost.ts";
import { DAYS } from "../operations/days.ts";
import type { WorkflowFigures } from "../operations/workflow-figures.ts";
import { bar } from "./bars.ts";
import { columns, type Series } from "./columns.ts";
import { refOf } from "./executions.ts";
import type { Html } from "./layout.ts";
import { instant, span } from "./time.ts";

const STARTED: readonly Series<ExecutionRecord["status"]>[] = [
  { name: "SUCCEEDED", label: "succeeded", colour: "good" },
  { name: "RUNNING", label: "running", colour: "accent" },
  { name: "STOPPED", label: "stopped", colour: "soft" },
  { name: "TIMED_OUT", label: "timed out", colour: "warn" },
  { name: "FAILED", label: "failed", colour: "bad" },
];
const ENDED: readonly Series<"decided" | "expired" | "withdrawn">[] = [
  { name: "decided", label: "decided", colour: "good" },
  { name: "withdrawn", label: "withdrawn", colour: "soft" },
  { name: "expired", label: "expired", colour: "warn" },
];

/** A workflow's figures in words, and its last two weeks as pictures. */
export function workflowCard(figures: WorkflowFigures, { visitor, now }: { visitor: Visitor; now: number }): Html {
  const { contract, started, cost, usd, priced, reviews, looked, since, people, automatic } = figures;
  if (looked === 0)
    return html`<section class="card"><h2>${contract.title}</h2><p class="soft">Nothing has run yet, or it is so long ago that it is forgotten.</p>${facts(figures, { visitor, now })}</section>`;
  const ended = reviews.some(({ values }) => values.decided + values.expired + values.withdrawn > 0);
  return html`<section class="card"><h2>${contract.title}</h2>
${facts(figures, { visitor, now })}
<div class="charts">${columns("Executions, by the day on which they began", started, { series: STARTED })}${
    priced > 0
      ? columns(html`Cost, by the day on which they began <b>${dollars(usd)}</b>`, cost, {
          series: [{ name: "usd", label: "US dollars", colour: "accent" }],
          format: dollars,
        })
      : ""
  }${ended ? columns("Reviews, by the day on which they ended", reviews, { series: ENDED }) : ""}</div>
${bar("Ended well, decided", [
  { label: "by the policy", count: automatic, colour: "accent" },
  { label: "by people", count: people, colour: "warn" },
])}
<p class="soft small">The last ${DAYS} days (UTC)${since ? html`, of the latest ${looked} executions: they go back to ${instant(since)}` : ""}. Of reviews the latest 100 that ended. ${
    priced > 0 ? `Cost of the ${priced} that have ended and were counted, by list prices.` : ""
  }</p></section>`;
}

function facts(
  { contract, medianMs, deadLetters, oldestOpen }: WorkflowFigures,
  { visitor, now }: { visitor: Visitor; now: number },
) {
  const opens = isAllowed("executions", usable(visitor), new Set());
  const age = oldestOpen && span(now - Date.parse(oldestOpen.startedAt));
  const letters = deadLetters === undefined ? "not to be counted from here" : String(deadLetters);
  return html`<dl class="facts"><div><dt>Oldest open execution</dt><dd>${
    !oldestOpen || !age ? "none" : opens ? html`<a href="/executions/${refOf(oldestOpen.arn)}">${age}</a>` : age
  }</dd></div><div><dt>Dead letters</dt><dd${deadLetters ? html` class="error"` : ""}>${
    opens && deadLetters ? html`<a href="/dead-letters">${letters}</a>` : letters
  }</dd></div>${
    Object.keys(contract.reviews).length > 0
      ? html`<div><dt>Median time to a person's decision</dt><dd>${medianMs === undefined ? "nobody decided yet" : span(medianMs)}</dd></div>`
      : ""
  }</dl>`;
}
