import { html } from "hono/html";
import type { ReviewRequest } from "#callbacks";
import type { Html } from "./layout.ts";
import { scale } from "./scale.ts";

type Reason = NonNullable<ReviewRequest["score"]>["reasons"][number];

/** Why a person is asked, the score on its scale, and each reason beside the words that it quotes. `found`: those in the document. */
export function scoreCard({ score, concern }: ReviewRequest, found: readonly boolean[]): Html {
  return html`<section class="card"><h2>${score ? "How it was scored" : "Not scored"}</h2><p>${concern}</p>${
    score
      ? html`${scale(score)}<ol class="reasons">${score.reasons.map((reason, index) => item(reason, index, found[index] ?? false))}</ol><p class="soft small">Scored by ${score.model}. A score is advice; you decide.</p>`
      : ""
  }</section>`;
}

function item({ criterion, level, reason, quotation }: Reason, index: number, found: boolean) {
  return html`<li><p><b>${criterion.replaceAll("-", " ")}</b> <span class="level"><span class="hidden">level </span>${level}</span> ${reason}</p>${
    quotation
      ? html`<blockquote>${quotation}</blockquote>${
          found
            ? html`<a class="small" href="#quote-${index + 1}">Show in the document<span class="hidden">: ${criterion}</span></a>`
            : html`<p class="warn small">These words are not in the document as it was read.</p>`
        }`
      : ""
  }</li>`;
}
