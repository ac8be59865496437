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

const AGES = [
  ["", "any time"],
  ["day", "for more than a day"],
  ["days", "for more than three days"],
  ["week", "for more than a week"],
] as const;

const ORDERS = [
  ["", "nearest deadline"],
  ["age", "longest waiting"],
  ["score", "lowest score"],
  ["top", "highest score"],
] as const;

/** Tabs for whose, a form for which; it works by GET alone and needs no script. */
export function inboxFilters(view: InboxView): Html {
  const { query, roles, counts, contracts, reviews, next } = view;
  const { view: whose, due } = query;
  const tab = (label: string, over: Parameters<typeof withQuery>[1], current: boolean) =>
    html`<li><a href="/inbox?${withQuery(query, over)}"${current ? html` aria-current="true"` : ""}>${label}</a></li>`;
  // How many one may decide oneself is known only where they were all read.
  const isWhole = whose === "waiting" && !isFiltered(view) && query.after === undefined;
  const own = isWhole ? ` ${reviews.length}${next ? "+" : ""}` : "";
  const isDue = (which: string) => whose === "all" && due === which;
  return html`<div class="tools"><ul class="tabs" aria-label="Whose">${tab(
    `For me${own}`,
    { view: "waiting", due: undefined },
    whose === "waiting",
  )}${tab("Mine", { view: "mine" }, whose === "mine")}${tab(
    `Overdue ${counts.overdue}`,
    { view: "all", due: "overdue" },
    isDue("overdue"),
  )}${tab(`Due within a day ${counts.today}`, { view: "all", due: "today" }, isDue("today"))}${tab(
    `All ${counts.all}`,
    { view: "all", due: undefined },
    whose === "all" && !isDue("overdue") && !isDue("today"),
  )}</ul>
${
  whose === "mine"
    ? ""
    : html`<details class="filters"${isFiltered(view) ? html` open` : ""}><summary>Filter and sort</summary><form method="get" action="/inbox">
${whose === "all" ? html`<input type="hidden" name="view" value="all">` : ""}
${roles.length > 1 ? select("role", "Role", [["", "all my roles"], ...roles.map((role) => [role, role] as const)], query.role) : ""}
${select("workflow", "Workflow", [["", "every workflow"], ...contracts.map(({ name, title }) => [name, title] as const)], query.workflow)}
${select("due", "Deadline", DUE, due)}
${select("age", "Waiting", AGES, query.age)}
<span class="field"><label for="min">Score from</label><input id="min" name="min" type="number" min="0" max="100" value="${query.min ?? ""}"></span>
<span class="field"><label for="max">to</label><input id="max" name="max" type="number" min="0" max="100" value="${query.max ?? ""}"></span>
${select("order", "First", ORDERS, query.order)}
<button>Show</button> <a class="button quiet" href="/inbox${whose === "all" ? "?view=all" : ""}">Clear</a></form></details>`
}</div>`;
}

export const isFiltered = ({ query }: Pick<InboxView, "query">) =>
  [query.role, query.workflow, query.age, query.min, query.max, query.order].some((one) => one) ||
  (query.due !== undefined && !(query.view === "all" && query.due !== "week"));

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
