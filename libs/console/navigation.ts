import type { Contract } from "#workflow";
import { type Access, decidingRoles, isAllowed, usable, type Visitor } from "./access.ts";

const OUTBOX = { href: "/outbox", label: "Outbox", access: "overview" } as const;
const PAGES: readonly { href: string; label: string; access: Access }[] = [
  { href: "/inbox", label: "Inbox", access: "reviewer" },
  { href: "/executions", label: "Executions", access: "executions" },
  { href: "/dead-letters", label: "Dead letters", access: "executions" },
  { href: "/overview", label: "Overview", access: "overview" },
  { href: "/calibration", label: "Calibration", access: "calibration" },
  { href: "/audit", label: "Audit", access: "auditor" },
  { href: "/delegations", label: "Absence", access: "decider" },
];

/** The pages that a visitor's roles open, the most useful first. */
export function navigationFor(
  visitor: Visitor,
  { contracts, outbox }: { contracts: readonly Contract[]; outbox?: unknown },
): { href: string; label: string }[] {
  const deciding = decidingRoles(contracts);
  const opens = ({ access }: { access: Access }) => isAllowed(access, usable(visitor), deciding);
  const pages = outbox ? [...PAGES, OUTBOX] : PAGES;
  return pages.filter(opens).map(({ href, label }) => ({ href, label }));
}
