import { html } from "hono/html";
import type { ExecutionRecord } from "#executions";
import type { Contract } from "#workflow";
import { type ExecutionQuery, withExecutionQuery } from "../operations/query.ts";
import type { Freshness } from "../operations/search.ts";
import { executionFilters, label } from "./execution-filters.ts";
import type { Html } from "./layout.ts";
import { instant, span } from "./time.ts";

export interface ExecutionsView {
  executions: readonly ExecutionRecord[];
  next: string | undefined;
  query: ExecutionQuery;
  freshness: Freshness;
  contracts: readonly Contract[];
  now: number;
}

export const refOf = (arn: string) => Buffer.from(arn).toString("base64url");

/** Executions as the index has them, the newest first unless it is asked otherwise. */
export function executionsBody(view: ExecutionsView): Html {
  const { executions, next, query, contracts, now } = view;
  const more = next ? withExecutionQuery(query, { after: next }) : undefined;
  return html`${head("list")}
${executionFilters(query, contracts)}
${reliability(view)}
${executions.length === 0 ? empty(view) : html`<ol class="rows" data-rows>${executions.map((execution) => row(execution, contracts, now))}</ol>`}${
  more ? html`<p class="more"><a class="button quiet" href="/executions?${more}">Next page</a></p>` : ""
}`;
}

/** The versions in place of the list. */
export const byVersionBody = (versions: Html): Html => html`${head("version")}${versions}`;

function head(current: "list" | "version") {
  const tab = (href: string, text: string, isCurrent: boolean) =>
    html`<li><a href="${href}"${isCurrent ? html` aria-current="true"` : ""}>${text}</a></li>`;
  return html`<div class="head"><h1>Executions</h1></div><ul class="tabs tabs-alone" aria-label="How">${tab("/executions", "List", current === "list")}${tab("/executions?by=version", "By version", current === "version")}</ul>`;
}

const OLD_MS = 20 * 60_000;

/** Where the index cannot be believed as it is, how and until when. */
function reliability({ freshness: { empty: unknown, comparedAt, filledFrom }, contracts, now }: ExecutionsView): Html {
  const titles = unknown.map((name) => contracts.find((one) => one.name === name)?.title ?? name);
  if (titles.length > 0)
    return html`<p class="said-note" role="note">The index has not yet been compared with the service for ${titles.join(", ")}. The repair does that every few minutes; until then executions may be missing here.</p>`;
  if (filledFrom)
    return html`<p class="said-note" role="note">The index is being filled from the service: what began before ${instant(filledFrom)} may be missing for some minutes more.</p>`;
  if (comparedAt && now - Date.parse(comparedAt) > OLD_MS)
    return html`<p class="said-note" role="note">The index was last compared with the service ${instant(comparedAt)}: the repair seems not to run. What its events did not tell is missing.</p>`;
  return html``;
}

function empty({ query, next }: ExecutionsView): Html {
  if (next)
    return html`<section class="empty"><h2>Nothing on this page</h2><p>What fits may be on the next ones.</p></section>`;
  const isAsked = Object.entries(query).some(([, value]) => value);
  return isAsked
    ? html`<section class="empty"><h2>No execution fits</h2><p>Keys and names are found whole, not by parts. What ended longer ago than its workflow's retention is gone.</p><p><a class="button quiet" href="/executions">Show all</a></p></section>`
    : html`<section class="empty"><h2>Nothing has run yet</h2><p>An execution appears here seconds after it starts.</p></section>`;
}

function row(
  { arn, name, workflow, version, status, startedAt, endedAt }: ExecutionRecord,
  contracts: readonly Contract[],
  now: number,
) {
  const title = contracts.find((one) => one.name === workflow)?.title ?? workflow;
  return html`<li><a class="row row-execution" href="/executions/${refOf(arn)}"><span class="row-main"><strong class="mono">${name}</strong><span class="soft">${title} · version ${version} · started ${instant(startedAt)}</span></span>
<span class="pill state-${label(status).replace(" ", "-")}">${label(status)}</span><span class="due due-later">${endedAt ? "took" : "for"} ${span((endedAt ? Date.parse(endedAt) : now) - Date.parse(startedAt))}</span></a></li>`;
}
