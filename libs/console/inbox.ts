import type { Review } from "#callbacks";
import { AUDITOR, decidingRoles, type Visitor } from "./access.ts";
import type { Desk } from "./desk.ts";

const SHOWN = 50;

/** The open reviews of the roles that a visitor holds (an auditor: of all), the nearest deadline first. One query a role. */
export async function listInbox(desk: Desk, { roles }: Visitor): Promise<{ reviews: Review[]; more: boolean }> {
  const deciding = decidingRoles(desk.contracts);
  const asked = roles.includes(AUDITOR) ? [...deciding] : roles.filter((role) => deciding.has(role));
  const pages = await Promise.all(asked.map((role) => desk.reviews.listOpen(role, { limit: SHOWN })));
  const all = pages
    .flatMap(({ reviews }) => reviews)
    .sort((one, other) => (one.deadlineAt < other.deadlineAt ? -1 : 1));
  return { reviews: all.slice(0, SHOWN), more: all.length > SHOWN || pages.some(({ next }) => next !== undefined) };
}
