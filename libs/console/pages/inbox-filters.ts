import { html } from "hono/html";
import { withQuery } from "../inbox.ts";
import type { InboxView } from "./inbox.ts";
import type { Html } from "./layout.ts";

const DUE = [
  ["", "any deadline"],
  ["overdue", "overdue"],
  ["today", "within a day"],
  ["week", "within a week"],
] as const;

const ORDERS = [
  ["", "nearest deadline"],
  ["age", "longest waiting"],
  ["score", "lowest score"],
] as const;

/** Tabs for whose, a form for which; it works by GET alone and needs no script. */
export function inboxFilters(view: InboxView): Html {
  const { query, role, roles, counts, contracts } = view;
  const tab = (label: string, over: Parameters<typeof withQuery>[1], current: boolean) =>
    html`<li><a href="/inbox?${withQuery(query, over)}"${current ? html` aria-current="true"` : ""}>${label}</a></li>`;
  const waiting = query.view === "waiting";
  const tabs = roles.map((one) =>
    tab(
      `${roles.length === 1 ? "Waiting" : one}${one === role ? ` ${counts.waiting}` : ""}`,
      { view: "waiting", role: one, due: undefined },
      waiting && one === role && query.due !== "today",
    ),
  );
  return html`<div class="tools"><ul class="tabs" aria-label="Whose">${tabs}${tab(
    `Due within a day ${counts.today}`,
    { view: "waiting", due: "today" },
    waiting && query.due === "today",
  )}${tab("Mine", { view: "mine" }, !waiting)}</ul>
${
  waiting
    ? html`<details class="filters"${isFiltered(view) ? html` open` : ""}><summary>Filter and sort</summary><form method="get" action="/inbox">
<input type="hidden" name="role" value="${role}">
${select("workflow", "Workflow", [["", "every workflow"], ...contracts.map(({ name, title }) => [name, title] as const)], query.workflow)}
${select("due", "Deadline", DUE, query.due)}
<span class="field"><label for="min">Score from</label><input id="min" name="min" type="number" min="0" max="100" value="${query.min ?? ""}"></span>
<span class="field"><label for="max">to</label><input id="max" name="max" type="number" min="0" max="100" value="${query.max ?? ""}"></span>
${select("order", "First", ORDERS, query.order)}
<button>Show</button> <a class="button quiet" href="/inbox?role=${role}">Clear</a></form></details>`
    : ""
}</div>`;
}

const isFiltered = ({ query }: InboxView) =>
  [query.workflow, query.min, query.max, query.order].some((one) => one !== undefined) ||
  (query.due !== undefined && query.due !== "today");

export function select(
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  chosen: string | undefined,
): Html {
  return html`<span class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(
    ([value, text]) =>
      html`<option value="${value}"${value === (chosen ?? "") ? html` selected` : ""}>${text}</option>`,
  )}</select></span>`;
}
