import type { Person, Review } from "#callbacks";
import type { Contract } from "#workflow";

/** Who asks: a person that the identity provider vouches for, and the roles that it says they hold. */
export interface Visitor {
  person: Person;
  roles: readonly string[];
  /** Bound to the session; what changes something must carry it. Absent where a bearer token speaks. */
  csrf?: string;
}

/** Who may use a route at all. What they see on it is decided by case: `maySee`, `mayDecide`. */
export type Access = "anyone" | "signed-in" | "reviewer" | "auditor" | "operator";

export const AUDITOR = "auditor";
export const OPERATOR = "operator";
export const OFFICER = "compliance-officer";

/** The roles that decide reviews: those that a contract names, and the officer, to whom cases escalate. */
export function decidingRoles(contracts: readonly Contract[]): ReadonlySet<string> {
  return new Set([OFFICER, ...contracts.flatMap(({ reviews }) => Object.values(reviews).map(({ role }) => role))]);
}

/** Whether a visitor with these roles may use a route of this access. */
export function isAllowed(access: Access, roles: readonly string[], deciding: ReadonlySet<string>): boolean {
  switch (access) {
    case "anyone":
    case "signed-in":
      return true;
    case "reviewer":
      return roles.includes(AUDITOR) || roles.some((role) => deciding.has(role));
    case "auditor":
      return roles.includes(AUDITOR) || roles.includes(OFFICER);
    case "operator":
      return roles.includes(OPERATOR);
  }
}

export const isOwnCase = ({ person }: Visitor, { request }: Review) =>
  request.requester !== undefined &&
  [person.email, person.subject].some((own) => own?.toLowerCase() === request.requester?.toLowerCase());

/** A reviewer sees the reviews of the roles held, an applicant the own case, an auditor everything. */
export const maySee = (visitor: Visitor, review: Review) =>
  visitor.roles.includes(review.request.role) || visitor.roles.includes(AUDITOR) || isOwnCase(visitor, review);

export const mayDecide = (visitor: Visitor, review: Review) =>
  review.status === "open" && visitor.roles.includes(review.request.role) && !isOwnCase(visitor, review);
