import { html } from "hono/html";
import { LOOKED_AT, NEAR, optionsOf, type Review, type Similar } from "#callbacks";
import type { Html } from "./layout.ts";
import { codeLabel } from "./reason-codes.ts";
import { smallScale } from "./scale.ts";
import { instant } from "./time.ts";

const SHOWN = 5;

/** What people decided on cases with much the same levels; nothing where the review has none. */
export function similarCard({ request }: Review, similar: readonly Similar[]): Html {
  const { score } = request;
  if (!score || score.isUnusable) return html``;
  const what = html`<p class="soft small">Decisions of people on this workflow, in this role, whose levels by the same criteria differ from this one's by at most ${NEAR} on average; of the last ${LOOKED_AT}. No name, word or document is compared or kept.</p>`;
  if (similar.length === 0)
    return html`<section class="card"><h2>Similar decisions</h2><p>None so far.</p>${what}</section>`;
  const approved = similar.filter(({ outcome }) => outcome === "approved").length;
  const options = optionsOf(request);
  return html`<section class="card"><h2>Similar decisions</h2><p>${similar.length === 1 ? "One" : similar.length}: <b>${approved}</b> approved, <b>${similar.length - approved}</b> rejected. ${similar.length > SHOWN ? "The nearest:" : ""}</p><ol class="plain similar">${similar
    .slice(0, SHOWN)
    .map(
      ({ at, outcome, option, code, score: value, distance }) =>
        html`<li><span class="pill outcome-${outcome}">${labelOf(options, option) ?? outcome}</span> <span class="row-score"><b>${value}</b>${smallScale({ ...score, value })}</span> <span class="soft small">${instant(at)} · differs by ${Math.round(distance)}${code ? ` · ${codeLabel(options, option, code)}` : ""}</span></li>`,
    )}</ol>${what}</section>`;
}

/** The own word of an option that is more than approving or rejecting. */
const labelOf = (options: ReturnType<typeof optionsOf>, id: string | undefined) =>
  id === "approve" || id === "reject" ? undefined : options.find((option) => option.id === id)?.label;
