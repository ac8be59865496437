import type { Context } from "hono";
import { html } from "hono/html";
import { type CaseOutcome, NotPermittedError, type Review } from "#callbacks";
import { AUDITOR, maySee, usable, type Visitor } from "../access.ts";
import { contractOf, type Desk } from "../desk.ts";
import { act, type Route, show } from "../route.ts";
import { auditLink } from "./audit-link.ts";
import { type Html, page } from "./layout.ts";
import { instant } from "./time.ts";

/** How a case ended, for whom it is about and for those who decide such cases; both can contest it here. */
export function casePages(desk: Desk): Route[] {
  const seen = async (c: Context, visitor: Visitor): Promise<CaseOutcome> => {
    const outcome = await desk.cases.outcome(c.req.param("execution") ?? "");
    if (!maySeeCase(visitor, outcome)) throw new NotPermittedError("role", outcome.roles[0] ?? "");
    return outcome;
  };
  return [
    show("/cases/:execution", "signed-in", async (c, visitor) => {
      const outcome = await seen(c, visitor);
      const reviews = (await desk.reviews.ofCase(outcome.execution)).filter((review) => maySee(visitor, review));
      const title = contractOf(desk, outcome.workflow)?.title ?? outcome.workflow;
      return page(c, { title, visitor, body: caseBody(outcome, { reviews, title, visitor, now: desk.now() }) });
    }),
    act("/cases/:execution/contest", "signed-in", async (c, visitor) => {
      const { execution } = await seen(c, visitor);
      const reason = String((await c.req.parseBody()).reason ?? "");
      await desk.cases.contest(execution, { by: visitor.person, roles: visitor.roles, reason });
      return c.redirect(`/cases/${execution}`, 303);
    }),
  ];
}

const isApplicant = ({ person }: Visitor, { applicant }: CaseOutcome) =>
  applicant !== undefined &&
  [person.email, person.subject].some((own) => own?.toLowerCase() === applicant.toLowerCase());

const maySeeCase = (visitor: Visitor, outcome: CaseOutcome) =>
  isApplicant(visitor, outcome) ||
  visitor.roles.includes(AUDITOR) ||
  usable(visitor).some((role) => outcome.roles.includes(role));

interface CaseView {
  reviews: readonly Review[];
  title: string;
  visitor: Visitor;
  now: number;
}

function caseBody(outcome: CaseOutcome, view: CaseView): Html {
  const { execution, at, decidedBy, reopens, supersededBy, contest } = outcome;
  const who = decidedBy.length > 0 ? decidedBy.map(({ name }) => name).join(" and ") : "the policy, or nobody";
  return html`<div class="head"><h1>${view.title}: ${outcome.outcome}</h1><p class="soft">Case <span class="mono">${execution}</span>${auditLink(execution, view.visitor)}</p></div>
<div class="stack narrow"><section class="card"><h2>How it ended</h2><p>It was <b>${outcome.outcome}</b> by ${who}, ${instant(at)}.</p>
${supersededBy ? html`<p class="warn">A later decision has taken its place: ${caseLink(supersededBy)}.</p>` : ""}
${reopens ? html`<p>It looked again at ${caseLink(reopens)}.</p>` : ""}
${contest ? html`<p>${contest.by.name} contested it, ${instant(contest.at)}: <q>${contest.reason}</q> A person decides again in ${caseLink(contest.execution)}.</p>` : ""}
${view.reviews.map(({ id, request }) => html`<p><a href="/reviews/${id}">${request.title}: the review</a></p>`)}</section>
${explanationCard(outcome)}${contestForm(outcome, view)}</div>`;
}

/** Why, in plain words, with the words of the document that each point rests on. */
const explanationCard = ({ explanation }: CaseOutcome): Html =>
  explanation
    ? html`<section class="card"><h2>Why</h2><p>${explanation.why}</p>${
        explanation.points.length > 0
          ? html`<ul>${explanation.points.map(
              ({ label, says, quotation }) =>
                html`<li><b>${label}</b> ${says}${quotation ? html` <q>${quotation}</q>` : ""}</li>`,
            )}</ul>`
          : ""
      }</section>`
    : html``;

const caseLink = (execution: string) => html`<a class="mono" href="/cases/${execution}">${execution}</a>`;

function contestForm(outcome: CaseOutcome, { visitor, now }: CaseView): Html {
  const { execution, contest, supersededBy, contestableUntil, roles } = outcome;
  const may = isApplicant(visitor, outcome) || roles.some((role) => visitor.roles.includes(role));
  if (contest || supersededBy || !may || !contestableUntil) return html``;
  if (now >= Date.parse(contestableUntil))
    return html`<section class="card"><h2>Contest it</h2><p>It could be contested until ${instant(contestableUntil)}.</p></section>`;
  return html`<section class="card"><h2>Contest it</h2><p>Somebody else, and never one of those who have decided, looks at it again. Possible until ${instant(contestableUntil)}.</p>
<form method="post" action="/cases/${execution}/contest"><input type="hidden" name="csrf" value="${visitor.csrf ?? ""}"><label for="contest">Why</label><textarea id="contest" name="reason" rows="4" required maxlength="2000"></textarea><p><button>Contest it</button></p></form></section>`;
}
