import { html } from "hono/html";
import { maySee, type Visitor } from "../access.ts";
import type { Desk } from "../desk.ts";
import { type Figures, figuresOf, type RoleFigures } from "../operations/figures.ts";
import type { WorkflowFigures } from "../operations/workflow-figures.ts";
import { type Route, show } from "../route.ts";
import { bar } from "./bars.ts";
import { type Html, page } from "./layout.ts";
import { subjectOf } from "./subject.ts";
import { span } from "./time.ts";
import { workflowCard } from "./workflow-card.ts";

/** What waits, how long deciding takes, who decides, what went wrong and what it cost. */
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
  const all = ({ overdue, today, week, later }: RoleFigures) => overdue + today + week + later;
  const sum = (count: (role: RoleFigures) => number) => roles.reduce((total, role) => total + count(role), 0);
  const overdue = sum((role) => role.overdue);
  const failed = workflows.reduce((total, one) => total + failures(one), 0);
  const letters = workflows.reduce((total, { deadLetters = 0 }) => total + deadLetters, 0);
  const idle = roles.filter((role) => all(role) === 0).map(({ role }) => role);
  return html`<div class="head"><h1>Overview</h1></div>
<ul class="figures">${figure("Waiting for a person", String(sum(all)))}${figure("Past their deadline", String(overdue), overdue > 0)}${figure(
    "Longest waiting",
    oldest ? span(now - Date.parse(oldest.openedAt)).replace("under a minute", "< 1 min") : "none",
  )}${figure("Ended badly, of the last 14 days", String(failed), failed > 0)}${figure("Dead letters", String(letters), letters > 0)}</ul>
${oldest && maySee(visitor, oldest) ? html`<p class="soft small">The one that waits longest: <a href="/reviews/${oldest.id}">${subjectOf(oldest)}</a></p>` : ""}
<section class="card"><h2>Waiting, by role and deadline</h2>${roles.filter((role) => all(role) > 0).map(roleBar)}${
    idle.length > 0 ? html`<p class="soft">Nothing waits for ${idle.join(", ")}.</p>` : ""
  }</section>
${workflows.toSorted(byUse).map((one) => workflowCard(one, { visitor, now }))}`;
}

/** Those that run, before those that never have. */
const byUse = (one: WorkflowFigures, other: WorkflowFigures) => Number(other.looked > 0) - Number(one.looked > 0);

const failures = ({ started }: WorkflowFigures) =>
  started.reduce((total, { values }) => total + values.FAILED + values.TIMED_OUT + values.STOPPED, 0);

const figure = (label: string, value: string, alarm = false) =>
  html`<li class="card figure"><b${alarm ? html` class="error"` : ""}>${value}</b><span class="soft">${label}</span></li>`;

const roleBar = ({ role, overdue, today, week, later }: RoleFigures) =>
  bar(role, [
    { label: "overdue", count: overdue, colour: "bad" },
    { label: "within a day", count: today, colour: "warn" },
    { label: "within a week", count: week, colour: "accent" },
    { label: "later", count: later, colour: "soft" },
  ]);
