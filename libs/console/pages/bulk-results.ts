import { html } from "hono/html";
import { type BulkOutcome, problemOf } from "#callbacks";
import type { Item } from "./bulk-routes.ts";
import { decisionSentence } from "./decision-sentence.ts";
import type { Html } from "./layout.ts";
import { subjectOf } from "./subject.ts";
import { whereabouts } from "./whereabouts.ts";

/** What came of each: what was decided, what takes a second person, and what was not, and why. */
export function bulkResults({
  items,
  outcomes,
  left,
}: {
  items: readonly Item[];
  outcomes: readonly BulkOutcome[];
  left: readonly Item[];
}): Html {
  const told = outcomes.map((outcome) => ({ id: outcome.id, ...tell(outcome) }));
  const taken = told.filter(({ taken: isTaken }) => isTaken).length;
  const nameOf = (id: string) => {
    const item = items.find((one) => one.id === id);
    return item && "review" in item ? subjectOf(item.review) : id;
  };
  return html`<div class="head"><p class="crumb"><a href="/inbox">Inbox</a></p><h1>${taken} of ${told.length} taken</h1></div>
<ol class="plain">${told.map(
    ({ id, taken: isTaken, said }) =>
      html`<li class="card outcome outcome-${isTaken ? "approved" : "rejected"}"><h2><a href="/reviews/${id}">${nameOf(id)}</a></h2><p>${said}</p></li>`,
  )}</ol>
${left.length > 0 ? html`<p>${left.length === 1 ? "One was" : `${left.length} were`} not checked or not yours, and left as ${left.length === 1 ? "it was" : "they were"}: ${left.map(({ id }, index) => html`${index > 0 ? ", " : ""}<a href="/reviews/${id}">${nameOf(id)}</a>`)}.</p>` : ""}
<p><a class="button" href="/inbox">Back to the inbox</a></p>`;
}

function tell(outcome: BulkOutcome): { taken: boolean; said: string } {
  if ("error" in outcome) return { taken: false, said: `Not decided. ${outcome.error.message}` };
  const { settlement } = outcome;
  const problem = problemOf(settlement);
  if (problem) return { taken: false, said: `Not decided. ${problem.title}: ${problem.detail}` };
  if (settlement.waitingFor) return { taken: true, said: "You agreed. It takes a second, different person." };
  const { review } = settlement;
  return { taken: true, said: `${decisionSentence(review)}. ${whereabouts(review)}` };
}
