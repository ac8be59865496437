import { html } from "hono/html";
import type { HistoryEntry, Review } from "#callbacks";
import type { Visitor } from "../access.ts";
import type { Html } from "./layout.ts";

interface EraseView {
  history: readonly HistoryEntry[];
  reviews: readonly Review[];
  /** Its execution goes on. */
  running: boolean;
  visitor: Visitor;
  problem: string | undefined;
}

/** What erasing a case's personal data takes away and what it leaves, and the form that does it. */
export function eraseBody(execution: string, { history, reviews, running, visitor, problem }: EraseView): Html {
  const records = history.filter(({ by }) => by !== undefined).length;
  const open = reviews.some(({ status }) => status === "open");
  return html`<div class="head"><p class="crumb"><a href="/audit/${execution}">Audit of ${execution}</a></p><h1>Erase personal data</h1><p class="soft">Case <span class="mono">${execution}</span></p></div>
<div class="stack narrow"><section class="card"><h2>What goes, for good</h2><ul><li>Who acted and what they said: ${records} records beside the chain.</li><li>What ${reviews.length === 1 ? "its review was" : `its ${reviews.length} reviews were`} about: facts, scores, reasons, questions, comments, the way to the document.</li><li>Answers of outside systems, contents of messages to the case, one-person links.</li></ul></section>
<section class="card"><h2>What stays</h2><ul><li>The chain itself, which still verifies: what happened when, and how it ended. The case cannot be contested any more.</li><li>That it was erased, by whom and why.</li><li>Not touched from here: documents and results in the bucket, mails that were sent, exports, and the execution's own history, which ends with its retention.</li></ul></section>
${
  open || running
    ? html`<section class="card outcome outcome-expired"><h2>It cannot be erased yet</h2><p>${open ? "One of its reviews is open: decide it, or have it withdrawn." : "Its execution goes on. Erase what it has left once it has ended."}</p></section>`
    : html`<section class="card"><h2>Erase it</h2>${problem ? html`<p class="error" role="alert">${problem}</p>` : ""}<form method="post" action="/audit/${execution}/erase"><input type="hidden" name="csrf" value="${visitor.csrf ?? ""}"><label for="erase-reason">Why</label><p class="soft small" id="erase-help">It stays on record with your name: name nobody in it.</p><textarea id="erase-reason" name="reason" rows="3" required maxlength="2000" aria-describedby="erase-help"></textarea><label class="check"><input type="checkbox" name="sure" value="yes" required><span>I am sure. It cannot be taken back.</span></label><p><button class="reject">Erase the personal data of this case</button></p></form></section>`
}</div>`;
}
