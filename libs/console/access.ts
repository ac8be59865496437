import { type Actor, authorityOver, concerns, type Lent, type Person, type Review, rolesOf } from "#callbacks";
import { LonghaulError } from "#platform";
import type { Contract } from "#workflow";

/** Who asks: a person that the identity provider vouches for, the roles that it says they hold, and those they were lent. */
export interface Visitor {
  person: Person;
  roles: readonly string[];
  lent: readonly Lent[];
  /** Bound to the session; what changes something must carry it. Absent where a bearer token speaks. */
  csrf?: string;
}

/** Who may use a route at all. What they see on it is decided by case: `maySee`, `standing`. */
export type Access =
  | "anyone"
  | "signed-in"
  | "reviewer"
  | "decider"
  | "auditor"
  | "officer"
  | "operator"
  | "executions"
  | "overview"
  | "calibration";

export const AUDITOR = "auditor";
export const OPERATOR = "operator";
export const OFFICER = "compliance-officer";

/** The roles that decide reviews: those that a contract names, and the officer, to whom cases escalate. */
export function decidingRoles(contracts: readonly Contract[]): ReadonlySet<string> {
  const rules = contracts.flatMap(({ reviews }) => Object.values(reviews));
  return new Set([
    ...rules.map(({ role }) => role),
    ...rules.flatMap(({ escalation }) => (escalation ? [escalation.role] : [])),
    OFFICER,
  ]);
}

/** Inputs, results, messages and foreign words can hold personal data: auditors see them, and those who decide for the workflow. */
export function mayReadData({ roles }: Visitor, contract: Contract | undefined): boolean {
  const deciding = Object.values(contract?.reviews ?? {}).map(({ role }) => role);
  return roles.includes(AUDITOR) || roles.some((role) => deciding.includes(role));
}

/** All roles that a visitor may use: the own and the lent. */
export const usable = ({ roles, lent }: Pick<Visitor, "roles" | "lent">): string[] => [
  ...new Set([...roles, ...lent.map(({ role }) => role)]),
];

/** Whether a visitor with these roles may use a route of this access. */
export function isAllowed(access: Access, roles: readonly string[], deciding: ReadonlySet<string>): boolean {
  const decides = roles.some((role) => deciding.has(role));
  switch (access) {
    case "anyone":
    case "signed-in":
      return true;
    case "reviewer":
      return decides || roles.includes(AUDITOR);
    case "decider":
      return decides;
    case "auditor":
      return roles.includes(AUDITOR) || roles.includes(OFFICER);
    case "officer":
      return roles.includes(OFFICER);
    case "operator":
      return roles.includes(OPERATOR);
    case "executions":
      return roles.includes(OPERATOR) || roles.includes(AUDITOR);
    case "calibration":
      return [AUDITOR, OFFICER, OPERATOR].some((role) => roles.includes(role));
    case "overview":
      return decides || roles.includes(AUDITOR) || roles.includes(OPERATOR);
  }
}

export const isOwnCase = ({ person }: Visitor, { request }: Review) =>
  request.requester !== undefined &&
  [person.email, person.subject].some((own) => own?.toLowerCase() === request.requester?.toLowerCase());

/**
 * A reviewer sees the reviews of the roles held or lent, but for those that are addressed to somebody else; an applicant the own
 * case, an auditor everything.
 */
export const maySee = (visitor: Visitor, review: Review) =>
  rolesOf(review).some((role) => isOpenTo(visitor, review, role)) ||
  visitor.roles.includes(AUDITOR) ||
  isOwnCase(visitor, review);

function isOpenTo({ person, roles, lent }: Visitor, review: Review, role: string): boolean {
  const lenders = lent.filter((one) => one.role === role).map(({ onBehalfOf }) => onBehalfOf);
  const ways = [...(roles.includes(role) ? [[]] : []), ...lenders];
  return ways.some((onBehalfOf) => concerns(review, role, [person, ...onBehalfOf]));
}

export const actorOf = ({ person: by, roles, lent }: Visitor): Actor => ({ by, roles, lent });

/** Whether a visitor may work on a review, on whose behalf, or why not. */
export function standing(
  visitor: Visitor,
  review: Review,
): { may: true; onBehalfOf: readonly Person[] } | { may: false; why: string } {
  try {
    return { may: true, onBehalfOf: authorityOver(review, actorOf(visitor)).onBehalfOf };
  } catch (error) {
    if (error instanceof LonghaulError) return { may: false, why: error.message };
    throw error;
  }
}
