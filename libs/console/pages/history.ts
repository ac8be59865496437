import { html } from "hono/html";
import type { AuditEntry, Review } from "#callbacks";
import type { Html } from "./layout.ts";
import { instant } from "./time.ts";

const ACTS: Record<AuditEntry["act"], string> = {
  opened: "Opened",
  told: "Reviewers told",
  reminded: "Reminder sent",
  escalated: "Escalated",
  claimed: "Claimed",
  released: "Released",
  reassigned: "Reassigned",
  linked: "One-person link given",
  commented: "Commented",
  asked: "Applicant asked",
  answered: "Applicant answered",
  agreed: "Agreed",
  decided: "Decided",
  expired: "Expired",
  withdrawn: "Withdrawn",
  late: "Decided too late",
  delivered: "Delivered to the workflow",
  undeliverable: "The workflow no longer waited",
  superseded: "Superseded",
};

/** What happened, the latest last. */
export const historyCard = ({ audit }: Review): Html =>
  html`<section class="card"><h2>History</h2><ol class="history">${audit.map(
    ({ act, at, by, note }) =>
      html`<li><span><b>${ACTS[act]}</b> by ${by}</span><span class="soft small">${instant(at)}</span>${note ? html`<q>${note}</q>` : ""}</li>`,
  )}</ol></section>`;
