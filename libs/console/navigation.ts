import type { Contract } from "#workflow";
import { type Access, decidingRoles, isAllowed, type Visitor } from "./access.ts";

const PAGES: readonly { href: string; label: string; access: Access }[] = [
  { href: "/inbox", label: "Inbox", access: "reviewer" },
];

/** The pages that a visitor's roles open, the most useful first. */
export function navigationFor({ roles }: Visitor, contracts: readonly Contract[]): { href: string; label: string }[] {
  const deciding = decidingRoles(contracts);
  return PAGES.filter(({ access }) => isAllowed(access, roles, deciding)).map(({ href, label }) => ({ href, label }));
}
