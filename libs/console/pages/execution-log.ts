import { html } from "hono/html";
import type { ExecutionLog, LogEntry } from "../operations/logs.ts";
import { MOST_LINES } from "../operations/logs.ts";
import { refOf } from "./executions.ts";
import type { Html } from "./layout.ts";

export interface LogView {
  arn: string;
  name: string;
  log: ExecutionLog | undefined;
  /** Whether whole lines may be shown. */
  data: boolean;
}

/** The lines of the log that name an execution. */
export function logBody({ arn, name, log, data }: LogView): Html {
  return html`<div class="head"><p class="crumb"><a href="/executions/${refOf(arn)}">Execution ${name}</a></p><h1>Log</h1></div>
${log && log.entries.length > 0 ? lines(log) : empty}
<section class="card more-log"><h2>More in CloudWatch</h2><p>${howMuch(log)} ${
    data
      ? ""
      : "Lines in a form of their own are named here and not shown: they are no words of Longhaul's, and could hold personal data. "
  }The whole log:</p><pre class="payload" tabindex="0">${command(arn, log?.group)}</pre></section>`;
}

const empty = html`<section class="empty"><h2>No line yet</h2><p>Lines arrive some seconds after they were written, and are kept as long as the log's retention says.</p></section>`;

const howMuch = (log: ExecutionLog | undefined) =>
  log?.more
    ? `These are the first ${log.entries.length} lines that name this execution; there are, or may be, more.`
    : `These are the lines that name this execution, at most ${MOST_LINES}.`;

const lines = ({ entries }: ExecutionLog) =>
  html`<section class="card"><div class="scroll" tabindex="0" role="region" aria-label="Log"><table class="timeline log"><thead><tr><th scope="col">When (UTC)</th><th scope="col">Level</th><th scope="col">What</th></tr></thead><tbody>${entries.map(line)}</tbody></table></div></section>`;

function line({ at, level, message, facts, whole }: LogEntry) {
  const tone = level === "ERROR" ? "error" : level === "WARN" ? "warn" : "soft";
  return html`<tr><td class="when mono">${new Date(at).toISOString().slice(0, 23).replace("T", " ")}</td><td class="${tone}">${level.toLowerCase()}</td><td>${message}${
    facts.length > 0 ? html`<span class="soft small"> ${facts.join(" · ")}</span>` : ""
  }${whole ? html`<details><summary class="small">The line</summary><pre class="payload" tabindex="0">${whole}</pre></details>` : ""}</td></tr>`;
}

/** For a terminal: the pattern is the execution's ARN, as one term. */
const command = (arn: string, group = "/aws/lambda/…") =>
  `aws logs filter-log-events --log-group-name ${group} --filter-pattern '"${arn}"'`;
