import { html } from "hono/html";
import { optionsOf } from "../request.ts";
import type { Decision, Review } from "../review.ts";

/** A review in an exported page: what was asked, how it was scored, what was said and what was decided. */
export const reviewPart = (review: Review) => {
  const { request, status, name, openedAt, deadlineAt } = review;
  return html`<h2>${request.title}</h2>
<p>Review ${name}, for ${request.role}: ${status}. Opened at ${openedAt}, to be decided until ${deadlineAt}.</p>
<p>${request.concern}</p>${request.summary ? html`<p>${request.summary}</p>` : ""}
${table(request.facts.map(({ label, value }) => [label, value]))}
${scorePart(request)}
${table([
  ...optionsOf(request).map(({ label, means }): Row => [`Choice: ${label}`, means ?? ""]),
  ...(request.onExpiry ? [["Nobody decides", request.onExpiry] as Row] : []),
])}
${saidPart(review)}
${review.decision ? decisionPart(review.decision) : ""}
${(review.late ?? []).map((late) => html`<p>Too late, and kept: ${late.by?.name ?? "somebody"} would have ${late.outcome} at ${late.at}. ${late.reason}</p>`)}`;
};

type Row = readonly [string, string];
const table = (rows: readonly Row[]) =>
  html`<table><tbody>${rows.map(([label, value]) => html`<tr><th>${label}</th><td>${value}</td></tr>`)}</tbody></table>`;

function scorePart({ score, flags = [] }: Review["request"]) {
  const found = flags.map(
    ({ note, excerpt }) => html`<p>Found in the document: ${note}${excerpt ? html` <q>${excerpt}</q>` : ""}</p>`,
  );
  if (!score) return found;
  const { value, rejectBelow, approveAbove, model, reasons, isUnusable } = score;
  return html`${found}<p>Score ${value} of 100${isUnusable ? ", which the policy could not use" : ""}; below ${rejectBelow} the policy rejects, above ${approveAbove} it approves. By ${model}.</p>
<table><tbody>${reasons.map(
    ({ criterion, level, reason, quotation }) =>
      html`<tr><th>${criterion}</th><td>${level}</td><td>${reason}${quotation ? html`<blockquote>${quotation}</blockquote>` : ""}</td></tr>`,
  )}</tbody></table>`;
}

function saidPart({ questions = [], comments = [] }: Review) {
  const said = [
    ...questions.flatMap(({ answer, ...question }) => [question, ...(answer ? [answer] : [])]),
    ...comments,
  ].toSorted((one, other) => (one.at < other.at ? -1 : 1));
  return said.map(({ by, at, text }) => html`<p>${by.name} at ${at}:</p><blockquote>${text}</blockquote>`);
}

function decisionPart({ outcome, option, code, by, at, reason, comment, answers, onBehalfOf, with: others }: Decision) {
  const names = (people: readonly { name: string }[]) => people.map(({ name }) => name).join(", ");
  const rows: Row[] = [
    ["Decided", `${outcome} at ${at} by ${by?.name ?? "nobody"}`],
    ...(option ? [["Choice", option] as Row] : []),
    ...(onBehalfOf ? [["On behalf of", names(onBehalfOf)] as Row] : []),
    ...(others ? [["With", names(others)] as Row] : []),
    ["Reason", reason],
    ...(code ? [["Reason code", code] as Row] : []),
    ...(comment ? [["Comment", comment] as Row] : []),
    ...Object.entries(answers ?? {}).map(([name, value]): Row => [name, String(value)]),
  ];
  return table(rows);
}
