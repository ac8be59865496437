import { html } from "hono/html";
import { maySee, type Visitor } from "../access.ts";
import type { Desk } from "../desk.ts";
import { type Figures, figuresOf, LATEST, type RoleFigures, type WorkflowFigures } from "../operations/figures.ts";
import { type Route, show } from "../route.ts";
import { bar } from "./bars.ts";
import { type Html, page } from "./layout.ts";
import { subjectOf } from "./subject.ts";
import { span } from "./time.ts";

/** What waits, how long deciding takes, who decides, and what went wrong. */
export const overviewPages = (desk: Desk): Route[] => [
  show("/overview", "overview", async (c, visitor) => {
    const body = overviewBody(await figuresOf(desk), { visitor, now: desk.now() });
    return page(c, { title: "Overview", visitor, body });
  }),
];

function overviewBody(
  { roles, oldest, workflows }: Figures,
  { visitor, now }: { visitor: Visitor; now: number },
): Html {
  const waiting = roles.reduce((sum, role) => sum + role.overdue + role.today + role.week + role.later, 0);
  const overdue = roles.reduce((sum, role) => sum + role.overdue, 0);
  return html`<div class="head"><h1>Overview</h1></div>
<ul class="figures">${figure("Waiting for a person", String(waiting))}${figure("Past their deadline", String(overdue), overdue > 0)}${figure(
    "Oldest",
    oldest ? span(now - Date.parse(oldest.openedAt)) : "none",
  )}</ul>
${oldest && maySee(visitor, oldest) ? html`<p class="soft small">The oldest: <a href="/reviews/${oldest.id}">${subjectOf(oldest)}</a></p>` : ""}
<section class="card"><h2>Waiting, by role and deadline</h2>${roles.map(roleBar)}</section>
${workflows.map(workflowCard)}`;
}

const figure = (label: string, value: string, alarm = false) =>
  html`<li class="card figure"><b${alarm ? html` class="error"` : ""}>${value}</b><span class="soft">${label}</span></li>`;

const roleBar = ({ role, overdue, today, week, later }: RoleFigures) =>
  bar(role, [
    { label: "overdue", count: overdue, colour: "bad" },
    { label: "within a day", count: today, colour: "warn" },
    { label: "within a week", count: week, colour: "accent" },
    { label: "later", count: later, colour: "soft" },
  ]);

const workflowCard = ({
  contract,
  statuses,
  people,
  automatic,
  expired,
  withdrawn,
  medianMs,
  deadLetters,
}: WorkflowFigures) =>
  html`<section class="card"><h2>${contract.title}</h2>
<dl class="facts"><div><dt>Median time to a person's decision</dt><dd>${medianMs === undefined ? "nobody decided yet" : span(medianMs)}</dd></div><div><dt>Reviews that expired</dt><dd>${expired}</dd></div><div><dt>Withdrawn</dt><dd>${withdrawn}</dd></div><div><dt>Dead letters</dt><dd>${deadLetters ?? "not to be counted from here"}</dd></div></dl>
${bar("Decided, of the latest executions", [
  { label: "by the policy", count: automatic, colour: "accent" },
  { label: "by people", count: people, colour: "warn" },
])}
${bar("Executions, the latest", [
  { label: "running", count: statuses.RUNNING ?? 0, colour: "accent" },
  { label: "succeeded", count: statuses.SUCCEEDED ?? 0, colour: "good" },
  { label: "failed", count: statuses.FAILED ?? 0, colour: "bad" },
  { label: "timed out", count: statuses.TIMED_OUT ?? 0, colour: "warn" },
  { label: "stopped", count: statuses.STOPPED ?? 0, colour: "soft" },
])}
<p class="soft small">From the latest ${LATEST} executions and ended reviews at most.</p></section>`;
