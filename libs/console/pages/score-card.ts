import { html } from "hono/html";
import type { ReviewRequest } from "#callbacks";
import { flagList } from "./flags.ts";
import type { Html } from "./layout.ts";
import { scale } from "./scale.ts";

type Reason = NonNullable<ReviewRequest["score"]>["reasons"][number];

/** Which marks the document holds. */
export type Found = ReadonlySet<string>;
export const quoteMark = (index: number) => `quote-${index + 1}`;
export const flagMark = (index: number) => `flag-${index + 1}`;

/** Why a person is asked, what was found in the document, the score on its scale, and each reason beside the words that it quotes. */
export function scoreCard({ score, concern, flags = [], isSample }: ReviewRequest, found: Found): Html {
  const title = isSample ? "Why you are asked" : score && !score.isUnusable ? "How it was scored" : "Not scored";
  return html`<section class="card"><h2>${title}</h2><p>${concern}</p>${flagList(
    flags,
    flags.map((_, index) => found.has(flagMark(index))),
  )}${score ? judged(score, found) : ""}</section>`;
}

function judged(score: NonNullable<ReviewRequest["score"]>, found: Found): Html {
  const { isUnusable, reasons, model } = score;
  return html`${
    isUnusable
      ? html`<p class="warn small">This is what the model came to all the same. The policy does not use it.</p>`
      : ""
  }${scale(score)}<ol class="reasons">${reasons.map((reason, index) =>
    item(reason, index, found.has(quoteMark(index))),
  )}</ol><p class="soft small">Scored by ${model}. A score is advice; you decide.</p>`;
}

function item({ criterion, level, reason, quotation }: Reason, index: number, found: boolean) {
  return html`<li><p><b>${criterion.replaceAll("-", " ")}</b> <span class="level"><span class="hidden">level </span>${level}</span> ${reason}</p>${
    quotation
      ? html`<blockquote>${quotation}</blockquote>${
          found
            ? html`<a class="small" href="#${quoteMark(index)}">Show in the document<span class="hidden">: ${criterion}</span></a>`
            : html`<p class="warn small">These words are not in the document as it was read.</p>`
        }`
      : ""
  }</li>`;
}
