import { html } from "hono/html";
import { withAudits } from "#callbacks";
import { type Comparison, comparisonsOf, type Figures, figuresOf, type ScoringSettings } from "#scoring";
import type { Contract } from "#workflow";
import { AUDITOR, OFFICER, usable, type Visitor } from "../access.ts";
import type { Desk } from "../desk.ts";
import { type Route, show } from "../route.ts";
import { comparisonCard } from "./comparison.ts";
import { type Html, page } from "./layout.ts";
import { count, reliabilityChart, share, table } from "./reliability.ts";

/** What the decisions of people say about a workflow's scores and bounds: see `npm run calibrate`, which says the same. */
export const calibrationPages = (desk: Desk): Route[] => [
  show("/calibration", "calibration", async (c, visitor) => {
    const scored = desk.contracts.filter(({ scoring }) => scoring);
    const contract = scored.find(({ name }) => name === c.req.query("workflow")) ?? scored[0];
    const body = contract ? await workflowBody(desk, { contract, scored, visitor }) : nothing;
    return page(c, { title: "Calibration", visitor, body });
  }),
];

const nothing = html`<div class="head"><h1>Calibration</h1><p class="soft">No workflow scores documents.</p></div>`;

interface View {
  contract: Contract;
  scored: readonly Contract[];
  visitor: Visitor;
}

async function workflowBody(desk: Desk, { contract, scored, visitor }: View): Promise<Html> {
  const { scoring } = contract;
  if (!scoring) return nothing;
  const points = await withAudits(desk.reviews, await desk.calibration.points(contract.name));
  const figures = figuresOf(points, scoring.bands);
  const disputed = points.filter(({ audited, decision }) => audited !== undefined && audited !== decision);
  const comparisons = comparisonsOf(await desk.calibration.shadows(contract.name));
  return html`<div class="head"><h1>Calibration: ${contract.title}</h1>
<p class="soft">The last twelve months: ${count(figures.points, "decision")}, ${figures.byPolicy} by the policy, ${figures.byPeople} by people beside a score.</p>
${scored.length > 1 ? workflows(scored, contract) : ""}</div>
<div class="stack"><section class="card"><h2>What follows</h2><p>${figures.recommendation}</p></section>
${reliabilityCard(figures, scoring)}${boundsCard(figures)}
${auditCard(figures, { disputed, visitor, share: scoring.auditShare })}
${shadowCard(comparisons, scoring)}${driftCard(figures)}</div>`;
}

const workflows = (scored: readonly Contract[], { name }: Contract) =>
  html`<p>${scored.map((one) =>
    one.name === name
      ? html`<b>${one.title}</b> `
      : html`<a href="/calibration?workflow=${one.name}">${one.title}</a> `,
  )}</p>`;

const reliabilityCard = ({ reliability }: Figures, { bands }: ScoringSettings) =>
  html`<section class="card"><h2>How often people approved, by score</h2>
<p class="small soft">Where the policy had decided, by what a person said afterwards. The lines are 95 % intervals.</p>
${reliabilityChart(reliability, bands)}
${table(
  "How often people approved, by score",
  ["Score", "Approved by people"],
  reliability.map(({ from, to, approved }) => [`${from} to ${to}`, share(approved)]),
)}</section>`;

const boundsCard = ({ bounds, neededFor }: Figures) =>
  html`<section class="card"><h2>What other bounds would have meant</h2>
<p class="small soft">The first are the contract's. Wrong is what a person has decided otherwise, before or afterwards: of what lies outside the contract's bounds the audit sample alone can tell.</p>
${table(
  "What other bounds would have meant",
  ["Reject below, approve above", "Left to people", "Wrong approvals", "Wrong rejections"],
  bounds.map((one) => [
    `${one.rejectBelow}, ${one.approveAbove}`,
    share(one.toPeople),
    share(one.falseApprovals),
    share(one.falseRejections),
  ]),
)}
<p class="small">${neededFor.map(({ rate, decisions }) => html`To claim at most ${rate * 100} % wrong, with 95 % confidence, takes ${decisions} judgements without a wrong one. `)}</p></section>`;

interface Audited {
  disputed: readonly { execution: string; decision: string; audited?: string }[];
  visitor: Visitor;
  share: number;
}

/** Operators see how many there are; those who may look into cases see which. */
function auditCard({ audit }: Figures, { disputed, visitor, share: drawn }: Audited): Html {
  const maySee = usable(visitor).some((role) => role === AUDITOR || role === OFFICER);
  return html`<section class="card"><h2>Audit sample</h2>
<p>${Math.round(drawn * 1_000) / 10} % of the automatic decisions are drawn for a person to look at afterwards: ${audit.drawn} so far, of which ${audit.judged} have been looked at.</p>
${table(
  "Audit sample",
  ["Automatic decisions", "A person would have decided otherwise"],
  [
    ["Approvals", share(audit.approvalsDisputed)],
    ["Rejections", share(audit.rejectionsDisputed)],
  ],
)}
${
  maySee && disputed.length > 0
    ? html`<p>Disputed, and to be contested from the case by a holder of its role while the contract's period runs:</p><ul>${disputed
        .slice(0, 25)
        .map(
          ({ execution, decision, audited }) =>
            html`<li><a class="mono" href="/audit/${execution}">${execution}</a>: ${decision} by the policy; a person would have ${audited}</li>`,
        )}</ul>`
    : ""
}</section>`;
}

const shadowCard = (comparisons: readonly Comparison[], { shadow }: ScoringSettings) =>
  html`<section class="card"><h2>In the shadow</h2><p>${
    shadow
      ? `The contract's candidate is ${shadow.name}: it judges ${Math.round(shadow.share * 1_000) / 10} % of the documents beside what decides, and decides nothing.`
      : "The contract names no candidate (scoring.shadow): a model, a rubric or a prompt that would judge beside what decides, and decide nothing."
  }</p>${comparisons.map(comparisonCard)}</section>`;

const driftCard = ({ drift }: Figures) =>
  html`<section class="card"><h2>Over time, by model and prompt</h2>${
    drift.length === 0
      ? html`<p class="soft">Nothing has been decided yet.</p>`
      : table(
          "Over time, by model and prompt",
          ["Month, model, prompt", "Decisions", "Mean score", "Left to people", "Approved by people"],
          drift.map((one) => [
            one.period,
            String(one.count),
            one.meanScore === null ? "none" : String(one.meanScore),
            share(one.toPeople),
            share(one.approvedByPeople),
          ]),
        )
  }</section>`;
