import { html } from "hono/html";
import { optionsOf, type Person, type Review, type ReviewOption, versionOf } from "#callbacks";
import { fieldsOf } from "./form-fields.ts";
import type { Html } from "./layout.ts";

/** What came with a form that was not taken. */
export interface Entered {
  reason: string;
  /** What is wrong with it. */
  problem: string;
}

/** `csrf` is absent where a one-person link's token in `action` says who decides. */
export function decisionForm(
  review: Review,
  form: {
    action: string;
    csrf?: string | undefined;
    deadline: Html;
    entered: Entered | undefined;
    onBehalfOf: readonly Person[];
  },
): Html {
  const { action, csrf, deadline, entered, onBehalfOf } = form;
  const { request, votes = [] } = review;
  const [holder] = onBehalfOf;
  return html`<section class="card decide" id="decide"><h2>Your decision</h2>
${holder ? html`<p class="warn small">You decide on behalf of ${holder.name}.</p>` : ""}
${
  request.quorum === 2
    ? html`<p class="small">It takes two people who choose the same; one rejection rejects. ${
        votes.length > 0 ? `${votes.map(({ by }) => by.name).join(" and ")} agreed.` : "You would be the first."
      }</p>`
    : ""
}
<form method="post" action="${action}" data-decide>
${csrf === undefined ? "" : html`<input type="hidden" name="csrf" value="${csrf}">`}<input type="hidden" name="version" value="${versionOf(review)}">
<label for="reason">Reason</label>
<p class="soft small" id="reason-help">The applicant reads it, and it is kept.</p>
${entered ? html`<p class="error" id="reason-problem" role="alert">${entered.problem}</p>` : ""}
<textarea id="reason" name="reason" rows="4" required maxlength="2000" aria-describedby="reason-help${entered ? " reason-problem" : ""}"${
    entered ? html` aria-invalid="true" autofocus` : ""
  }>${entered?.reason ?? ""}</textarea>
${request.options ? choices(request.options) : twoButtons()}
</form>${deadline}</section>`;
}

const twoButtons = () =>
  html`<div class="buttons"><button class="approve" name="option" value="approve">Approve</button><button class="reject" name="option" value="reject">Reject</button></div>`;

/** The workflow's own options, each with what it asks for. */
const choices = (options: readonly ReviewOption[]) =>
  html`<fieldset class="choices"><legend>Decision</legend>${options.map(
    (option) =>
      html`<div class="choice"><input type="radio" name="option" id="option-${option.id}" value="${option.id}" required><label for="option-${option.id}">${option.label} <span class="soft small">${option.outcome}</span></label>${
        option.form ? html`<div class="choice-form">${fieldsOf(option.id, option.form)}</div>` : ""
      }</div>`,
  )}</fieldset><div class="buttons one"><button class="approve">Decide</button></div>`;

/** The option of an id, of those that the review offers. */
export const optionById = (review: Review, id: string) => optionsOf(review.request).find((option) => option.id === id);
