import { html } from "hono/html";
import { optionsOf, type Person, type Review, type ReviewOption, versionOf } from "#callbacks";
import { fieldsOf } from "./form-fields.ts";
import type { Html } from "./layout.ts";
import { hasCodes, reasonCodes } from "./reason-codes.ts";

/** What came with a form that was not taken. */
export interface Entered {
  /** The form's fields, as they were sent. */
  form: Record<string, unknown>;
  /** What is wrong with it. */
  problem: string;
}

/** A form to be shown again: the one thing that is missing most often is called by its name. */
export const enteredBefore = (form: Record<string, unknown>, error: Error): Entered => ({
  form,
  problem: String(form.reason ?? "").trim() === "" ? "Say why, in 1 to 2,000 characters." : error.message,
});

/** `csrf` is absent where a one-person link's token in `action` says who decides. */
export function decisionForm(
  review: Review,
  form: {
    action: string;
    csrf?: string | undefined;
    /** What happens then, and until when there is time. */
    consequences: Html;
    entered: Entered | undefined;
    onBehalfOf: readonly Person[];
  },
): Html {
  const { action, csrf, consequences, entered, onBehalfOf } = form;
  const { request, votes = [] } = review;
  const [holder] = onBehalfOf;
  const options = optionsOf(request);
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
${answerFields(options, entered, "The applicant reads it, and it is kept.")}
</form>${consequences}</section>`;
}

/** The reason, its code, and the options. `help` says what becomes of the reason. */
export function answerFields(options: readonly ReviewOption[], entered: Entered | undefined, help: string): Html {
  const sent = entered?.form ?? {};
  return html`<label for="reason">Reason</label>
<p class="soft small" id="reason-help">${help}</p>
${entered ? html`<p class="error" id="reason-problem" role="alert">${entered.problem}</p>` : ""}
<textarea id="reason" name="reason" rows="4" required maxlength="2000" aria-describedby="reason-help${entered ? " reason-problem" : ""}"${
    entered ? html` aria-invalid="true" autofocus` : ""
  }>${String(sent.reason ?? "")}</textarea>
${isPlain(options) ? html`${reasonCodes("code", options, sent)}${twoButtons(options)}` : choices(options, sent)}`;
}

/** Approving and rejecting, and nothing to fill in: a button for each. */
export const isPlain = (options: readonly ReviewOption[]) =>
  options.length === 2 &&
  options[0]?.id === "approve" &&
  options[1]?.id === "reject" &&
  options.every(({ form }) => !form);

const twoButtons = (options: readonly ReviewOption[]) =>
  html`<div class="buttons">${options.map(
    ({ id, label }) => html`<button class="${id}" name="option" value="${id}">${label}</button>`,
  )}</div>`;

/** The workflow's own options, each with what it means and what it asks for. */
const choices = (options: readonly ReviewOption[], sent: Record<string, unknown>) =>
  html`<fieldset class="choices"><legend>Decision</legend>${options.map((option) => {
    const { id, label, means, form, outcome } = option;
    return html`<div class="choice"><input type="radio" name="option" id="option-${id}" value="${id}" required data-outcome="${outcome}"${
      means ? html` aria-describedby="means-${id}"` : ""
    }${sent.option === id ? html` checked` : ""}><label for="option-${id}">${label}</label>${
      means ? html`<p class="soft small" id="means-${id}">${means}</p>` : ""
    }${
      form || hasCodes([option])
        ? html`<div class="choice-form">${reasonCodes(`code.${id}`, [option], sent)}${form ? fieldsOf(id, form, sent) : ""}</div>`
        : ""
    }</div>`;
  })}</fieldset><div class="buttons one"><button class="approve">Decide</button></div>`;
