import type { Contract } from "#workflow";
import { type Access, decidingRoles, isAllowed, usable, type Visitor } from "./access.ts";

const PAGES: readonly { href: string; label: string; access: Access }[] = [
  { href: "/inbox", label: "Inbox", access: "reviewer" },
  { href: "/executions", label: "Executions", access: "executions" },
  { href: "/overview", label: "Overview", access: "overview" },
  { href: "/audit", label: "Audit", access: "auditor" },
  { href: "/delegations", label: "Absence", access: "decider" },
];

/** The pages that a visitor's roles open, the most useful first. */
export function navigationFor(visitor: Visitor, contracts: readonly Contract[]): { href: string; label: string }[] {
  const deciding = decidingRoles(contracts);
  const opens = ({ access }: { access: Access }) => isAllowed(access, usable(visitor), deciding);
  return PAGES.filter(opens).map(({ href, label }) => ({ href, label }));
}
