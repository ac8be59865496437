import { html } from "hono/html";
import { parseExecutionArn } from "#executions";
import type { ExecutionDetails } from "#platform";
import type { Contract } from "#workflow";
import { OPERATOR, type Visitor } from "../access.ts";
import type { Cost } from "../operations/cost.ts";
import type { Operation, Timeline } from "../operations/timeline.ts";
import { waitsOf } from "../operations/waits.ts";
import { costCard } from "./execution-cost.ts";
import { label } from "./execution-filters.ts";
import { refOf } from "./executions.ts";
import type { Html } from "./layout.ts";
import { partLinks } from "./part-links.ts";
import { instant, span } from "./time.ts";
import { timelineTable } from "./timeline.ts";
import { waitingFor } from "./waiting-for.ts";

export interface ExecutionView {
  details: ExecutionDetails;
  timeline: Timeline;
  contract: Contract | undefined;
  visitor: Visitor;
  /** Whether input, result and error may be shown: they can hold personal data. */
  data: boolean;
  cost: Cost | undefined;
  now: number;
}

/** One execution: what it waits for and since when, its history as a timeline, and what went in and came out. */
export function executionBody(view: ExecutionView): Html {
  const { details, timeline, contract, now } = view;
  const {
    DurableExecutionArn: arn = "",
    DurableExecutionName: name = "",
    Status = "",
    StartTimestamp,
    EndTimestamp,
  } = details;
  const started = StartTimestamp?.getTime() ?? now;
  const running = Status === "RUNNING";
  return html`<div class="head"><p class="crumb"><a href="/executions?workflow=${contract?.name ?? ""}">Executions</a></p><h1 class="mono">${name}</h1>
<p class="soft">${contract?.title ?? ""} · version ${parseExecutionArn(arn)?.version} · <span class="pill state-${label(Status).replace(" ", "-")}">${label(Status)}</span> · started ${instant(new Date(started).toISOString())}${
    EndTimestamp ? html`, took ${span(EndTimestamp.getTime() - started)}` : ""
  } · ${timeline.operations.length} operations · ${timeline.invocations} ${timeline.invocations === 1 ? "invocation" : "invocations"}</p></div>
<div class="stack">
${running ? waits(view, name) : ""}
<section class="card"><h2>Timeline</h2>${timelineTable(timeline, { started, now })}</section>
${error(details)}
${view.cost ? costCard(view.cost, running) : ""}
<section class="card"><h2>Log</h2><p><a href="/executions/${refOf(arn)}/log">The lines of the log that name it</a></p></section>
${payloads(view)}
${running && contract?.cancel && view.visitor.roles.includes(contract.cancel.role) ? cancel(arn, view.visitor) : ""}
${running && view.visitor.roles.includes(OPERATOR) ? stop(arn, view.visitor) : ""}
</div>`;
}

function waits({ timeline, contract, now, data: seesReviews }: ExecutionView, name: string) {
  const all = waitsOf(timeline, contract);
  if (all.length === 0)
    return html`<section class="card"><h2>It is working</h2><p>Nothing is waited for: an invocation runs, or is about to.</p></section>`;
  return html`<section class="card"><h2>What it waits for</h2><ul class="plain">${all.map(
    (wait) =>
      html`<li>${waitingFor(wait, now)}${seesReviews && isReview(wait.operation, timeline) ? html` <a href="/reviews/${name}.${wait.operation.name}">The review</a>` : ""}</li>`,
  )}</ul></section>`;
}

/** A review's callback stands beside the step that records it, whichever library asked. */
const isReview = ({ kind, name }: Operation, { operations }: Timeline) =>
  kind === "callback" && operations.some((one) => one.kind === "step" && one.name === `record ${name}`);

function error({ Error: failure, Status }: ExecutionDetails): Html {
  if (!failure) return html``;
  return html`<section class="card outcome outcome-rejected"><h2>Why it ${Status === "FAILED" ? "failed" : "ended"}</h2><p><b>${failure.ErrorType ?? "Error"}</b></p><p>${failure.ErrorMessage ?? ""}</p></section>`;
}

function payloads({ details, data }: ExecutionView): Html {
  if (!data)
    return html`<section class="card"><h2>Input and result</h2><p class="soft">They can hold personal data. A role that decides for this workflow, or auditor, opens them.</p></section>`;
  return html`<section class="card"><h2>Input</h2>${partLinks(details)}${json(details.InputPayload)}</section>${
    details.Result ? html`<section class="card"><h2>Result</h2>${json(details.Result)}</section>` : ""
  }`;
}

function json(text: string | undefined): Html {
  try {
    return html`<pre class="payload" tabindex="0">${JSON.stringify(JSON.parse(text ?? ""), null, 2)}</pre>`;
  } catch {
    return html`<pre class="payload" tabindex="0">${text ?? "none"}</pre>`;
  }
}

const cancel = (arn: string, { csrf }: Visitor) =>
  html`<section class="card"><details><summary>Cancel it</summary><p>It undoes what it did, in reverse, and ends when that is done. Past its point of no return it goes on.</p><form method="post" action="/executions/${refOf(arn)}/cancel"><input type="hidden" name="csrf" value="${csrf ?? ""}"><label for="cancel-reason">Why</label><input id="cancel-reason" name="reason" required maxlength="500"><div class="buttons one"><button class="reject">Cancel this execution</button></div></form></details></section>`;

const stop = (arn: string, { csrf }: Visitor) =>
  html`<section class="card"><details><summary>Stop it</summary><p>It ends at its next checkpoint, as stopped. <b>Nothing that it did is taken back</b>: no compensation runs. To have it undone, cancel it, where the workflow can be cancelled.</p><form method="post" action="/executions/${refOf(arn)}/stop"><input type="hidden" name="csrf" value="${csrf ?? ""}"><label><input type="checkbox" name="sure" value="yes" required> I know that nothing is taken back</label><div class="buttons one"><button class="reject">Stop this execution</button></div></form></details></section>`;
