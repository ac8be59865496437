import { html } from "hono/html";
import type { Contract } from "#workflow";
import type { Visitor } from "../access.ts";
import { OPERATOR } from "../access.ts";
import type { DeadLetter, LetterAct } from "../operations/dead-letters.ts";
import type { Html } from "./layout.ts";
import { instant, span } from "./time.ts";

export interface DeadLettersView {
  workflows: readonly { contract: Contract; letters: readonly DeadLetter[]; others: number }[];
  acts: readonly LetterAct[];
  visitor: Visitor;
  now: number;
}

/** What could not be taken or came to no good end, by workflow, and what was done about such ones. */
export function deadLettersBody({ workflows, acts, visitor, now }: DeadLettersView): Html {
  const filled = workflows.filter(({ letters }) => letters.length > 0);
  return html`<div class="head"><h1>Dead letters</h1><p class="soft">Messages that were refused or received too often, and inputs of executions that failed. They are kept for 14 days.</p></div>
${
  filled.length === 0
    ? html`<section class="empty"><h2>No dead letter</h2><p>Every message was taken, and no execution failed in the last 14 days that has not been looked after.</p></section>`
    : html`<div class="stack">${filled.map(
        ({ contract, letters, others }) =>
          html`<section class="card"><h2>${contract.title}</h2><ul class="letters">${letters.map((letter) => row(letter, visitor, now))}</ul>${
            others > 0
              ? html`<p class="soft small">About ${others} more; they come when these have been looked after. For all at once: the redrive of SQS.</p>`
              : ""
          }</section>`,
      )}</div>`
}${acts.length > 0 ? done(acts, workflows) : ""}`;
}

function row(letter: DeadLetter, visitor: Visitor, now: number) {
  const { kind, code, reason, sentAt, receives, bytes, digest, subject, body } = letter;
  const why = code ?? (kind === "failed" ? "The execution failed" : `Received too often (${receives} times)`);
  const label = `${kind === "refused" ? "Refused" : "Failed"}: ${why}`;
  return html`<li><div class="row-main"><strong>${label}</strong>${reason ? html`<span>${reason}</span>` : ""}<span class="soft small">${instant(
    new Date(sentAt).toISOString(),
  )}, ${span(now - sentAt)} ago · ${bytes.toLocaleString("en")} bytes, SHA-256 <span class="mono">${digest}…</span>${
    subject ? html` · <a href="/executions?search=${subject}">executions about the same</a>` : ""
  }</span>${body === undefined ? "" : html`<details><summary class="small">The message</summary><pre class="payload" tabindex="0">${body}</pre></details>`}</div>${
    visitor.roles.includes(OPERATOR) ? acting(letter, visitor, label) : ""
  }</li>`;
}

function acting({ id, kind, workflow }: DeadLetter, { csrf }: Visitor, label: string) {
  const form = (act: "retry" | "remove", sure: string, button: string) =>
    html`<form method="post" action="/dead-letters/${workflow}/${act}"><input type="hidden" name="csrf" value="${csrf ?? ""}"><input type="hidden" name="id" value="${id}"><input type="hidden" name="kind" value="${kind}"><label><input type="checkbox" name="sure" value="yes" required> ${sure}</label><button class="${act === "remove" ? "reject" : ""}">${button}<span class="hidden"> (${label})</span></button></form>`;
  return html`<details class="work"><summary>Deal with it</summary>${
    kind === "refused"
      ? form("retry", "What it was refused for has been mended", "Retry it")
      : html`<p class="soft small">An execution that failed is not run again under its name. Mend the cause, and have the request sent anew.</p>`
  }${form("remove", "Nothing more is to be done about it", "Remove it")}</details>`;
}

function done(acts: readonly LetterAct[], workflows: DeadLettersView["workflows"]) {
  const title = (name: string) => workflows.find(({ contract }) => contract.name === name)?.contract.title ?? name;
  return html`<section class="card section"><h2>Dealt with lately</h2><ul class="history">${acts.map(
    ({ at, act, by, workflow, kind, digest }) =>
      html`<li><span>${by.name} ${act} one of <b>${title(workflow)}</b> that was ${kind}.</span><span class="soft small">${instant(at)} · SHA-256 <span class="mono">${digest}…</span></span></li>`,
  )}</ul></section>`;
}
