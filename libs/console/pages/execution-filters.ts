import { html } from "hono/html";
import { STATUSES } from "#executions";
import type { Contract } from "#workflow";
import type { ExecutionQuery } from "../operations/query.ts";
import { select } from "./inbox-filters.ts";
import type { Html } from "./layout.ts";

const AGES = [
  ["", "any time"],
  ["hour", "in the last hour"],
  ["day", "in the last day"],
  ["week", "in the last week"],
] as const;
const ORDERS = [
  ["", "newest"],
  ["oldest", "oldest"],
] as const;

export const label = (status: string) => status.toLowerCase().replace("_", " ");

/** A form that works by GET alone: what is searched for, and which of them. */
export function executionFilters(query: ExecutionQuery, contracts: readonly Contract[]): Html {
  const { workflow, status, age, from, to, version, order, search } = query;
  const isFiltered = [age, from, to, version, order].some((one) => one !== undefined);
  return html`<form class="tools filters-open" method="get" action="/executions" role="search">
<span class="field wide-field"><label for="search">Business key, execution's name, or key of an uploaded object</label><input id="search" name="search" value="${search}" autocomplete="off" spellcheck="false"></span>
${select("workflow", "Workflow", [["", "every workflow"], ...contracts.map(({ name, title }) => [name, title] as const)], workflow)}
${select("status", "Status", [["", "every status"], ...STATUSES.map((one) => [one, label(one)] as const)], status)}
<button>Search</button>
<details class="more-filters"${isFiltered ? html` open` : ""}><summary>More</summary><div class="line">
${select("age", "Started", AGES, age)}
<span class="field"><label for="from">From</label><input id="from" name="from" type="date" value="${from ?? ""}"></span>
<span class="field"><label for="to">to</label><input id="to" name="to" type="date" value="${to ?? ""}"></span>
<span class="field"><label for="version">Version (of a workflow)</label><input id="version" name="version" inputmode="numeric" pattern="[0-9]{1,9}" size="5" value="${version ?? ""}"></span>
${select("order", "First", ORDERS, order)}</div></details></form>`;
}
