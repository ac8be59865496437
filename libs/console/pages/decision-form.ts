import { html } from "hono/html";
import type { Review } from "#callbacks";
import type { Visitor } from "../access.ts";
import type { Html } from "./layout.ts";

/** What came with a form that was not taken. */
export interface Entered {
  reason: string;
  /** What is wrong with it. */
  problem: string;
}

export function decisionForm(
  review: Review,
  visitor: Visitor,
  { deadline, entered }: { deadline: Html; entered: Entered | undefined },
): Html {
  return html`<section class="card decide" id="decide"><h2>Your decision</h2>
<form method="post" action="/reviews/${review.id}/decision">
<input type="hidden" name="csrf" value="${visitor.csrf ?? ""}">
<label for="reason">Reason</label>
<p class="soft small" id="reason-help">The applicant reads it, and it is kept.</p>
${entered ? html`<p class="error" id="reason-problem" role="alert">${entered.problem}</p>` : ""}
<textarea id="reason" name="reason" rows="4" required maxlength="2000" aria-describedby="reason-help${entered ? " reason-problem" : ""}"${
    entered ? html` aria-invalid="true" autofocus` : ""
  }>${entered?.reason ?? ""}</textarea>
<div class="buttons"><button class="approve" name="outcome" value="approved">Approve</button><button class="reject" name="outcome" value="rejected">Reject</button></div>
</form>${deadline}</section>`;
}
