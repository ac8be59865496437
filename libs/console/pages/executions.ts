import { html } from "hono/html";
import type { ExecutionSummary } from "#platform";
import { type Contract, parseExecutionArn } from "#workflow";
import type { ExecutionFilter } from "../operations/operations.ts";
import { STATUSES } from "../operations/operations.ts";
import { select } from "./inbox-filters.ts";
import type { Html } from "./layout.ts";
import { instant, span } from "./time.ts";

export interface ExecutionsView {
  executions: readonly ExecutionSummary[];
  next: string | undefined;
  filter: ExecutionFilter;
  /** What was searched for, as it was typed. */
  search: string;
  age: string | undefined;
  contracts: readonly Contract[];
  now: number;
}

export const refOf = (arn: string) => Buffer.from(arn).toString("base64url");

const AGES = [
  ["", "any time"],
  ["hour", "in the last hour"],
  ["day", "in the last day"],
  ["week", "in the last week"],
] as const;

/** Executions of a workflow, the newest first, as the service lists them. */
export function executionsBody({ executions, next, filter, search, age, contracts, now }: ExecutionsView): Html {
  const { workflow, status } = filter;
  const more = new URLSearchParams({
    ...(workflow && { workflow }),
    ...(status && { status }),
    ...(age && { age }),
    ...(next && { marker: next }),
  });
  return html`<div class="head"><h1>Executions</h1></div>
<form class="tools filters-open" method="get" action="/executions" role="search">
${select("workflow", "Workflow", [["", "every workflow"], ...contracts.map(({ name, title }) => [name, title] as const)], workflow)}
${select("status", "Status", [["", "every status"], ...STATUSES.map((one) => [one, label(one)] as const)], status)}
${select("age", "Started", AGES, age)}
<span class="field wide-field"><label for="search">Execution's name, or the key of an uploaded object</label><input id="search" name="search" value="${search}" autocomplete="off"></span>
<button>Search</button></form>
${
  executions.length === 0
    ? html`<section class="empty"><h2>No execution fits</h2><p>Names are found whole, not by parts; so are the keys of uploaded objects. What ended longer ago than the workflow's retention is gone.</p></section>`
    : html`<ol class="rows">${executions.map((execution) => row(execution, now))}</ol>`
}${next ? html`<p class="more"><a class="button quiet" href="/executions?${more.toString()}">Next page</a></p>` : ""}`;
}

export const label = (status: string) => status.toLowerCase().replace("_", " ");

function row(
  {
    DurableExecutionArn = "",
    DurableExecutionName,
    Status = "RUNNING",
    StartTimestamp,
    EndTimestamp,
  }: ExecutionSummary,
  now: number,
) {
  const started = StartTimestamp?.getTime() ?? now;
  const version = parseExecutionArn(DurableExecutionArn)?.version;
  return html`<li><a class="row row-execution" href="/executions/${refOf(DurableExecutionArn)}"><span class="row-main"><strong class="mono">${DurableExecutionName}</strong><span class="soft">version ${version} · started ${instant(new Date(started).toISOString())}</span></span>
<span class="pill state-${label(Status).replace(" ", "-")}">${label(Status)}</span><span class="due due-later">${EndTimestamp ? "took" : "for"} ${span((EndTimestamp?.getTime() ?? now) - started)}</span></a></li>`;
}
