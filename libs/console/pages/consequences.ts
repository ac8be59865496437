import { html } from "hono/html";
import { optionsOf, type Review } from "#callbacks";
import type { Contract } from "#workflow";
import { isPlain } from "./decision-form.ts";
import type { Html } from "./layout.ts";
import { instant } from "./time.ts";

/** What happens on each choice, where the page does not say it beside the choice, and when nobody decides. */
export function consequences({ request, name, deadlineAt, pausedAt }: Review, contract: Contract | undefined): Html {
  const options = optionsOf(request);
  const said = isPlain(options) ? options.filter(({ means }) => means) : [];
  const onExpiry = request.onExpiry ?? contract?.reviews[name]?.onExpiry ?? "";
  return html`<h3 class="after-title">What happens then</h3><dl class="after small">${said.map(
    ({ label, means }) => html`<div><dt>${label}</dt><dd>${means}</dd></div>`,
  )}<div><dt>${pausedAt ? "Nobody decides" : html`Nobody decides until ${instant(deadlineAt)}`}</dt><dd>${onExpiry}</dd></div></dl>`;
}
