import type { Lent } from "./delegations.ts";
import { NotPermittedError } from "./errors.ts";
import { isNamed, isSamePerson, type Person } from "./person.ts";
import { type Review, rolesOf } from "./review.ts";

/** A person who wants to act on a review, with the roles that the identity provider says they hold and those they were lent. */
export interface Actor {
  by: Person;
  roles: readonly string[];
  lent?: readonly Lent[];
}

/** By which right somebody acts: `onBehalfOf` is empty where the role is their own. */
export interface Authority {
  role: string;
  onBehalfOf: Person[];
}

/**
 * Whether a review concerns these people by this role: where it has an addressee, its first role is theirs alone, or whose
 * it was made.
 */
export function concerns({ request, assignee, escalatedTo }: Review, role: string, people: readonly Person[]): boolean {
  const { addressee } = request;
  if (addressee === undefined || role !== request.role || role === escalatedTo) return true;
  return people.some((one) => isNamed(one, addressee) || (assignee !== undefined && isSamePerson(one, assignee)));
}

/**
 * Who may work on a review: holders of its role, or whom they have lent it; of them its addressee alone, where it has one; never the requester, nor anybody on the
 * requester's behalf, nor those whom the workflow excluded.
 * @throws NotPermittedError
 */
export function authorityOver(review: Review, { by, roles, lent = [] }: Actor): Authority {
  const accepted = rolesOf(review);
  const own = accepted.filter((role) => roles.includes(role));
  const borrowed = lent.filter(({ role }) => accepted.includes(role));
  const [first] = accepted;
  const holding: Authority[] = [...own.map((role) => ({ role, onBehalfOf: [] })), ...borrowed];
  if (holding.length === 0) throw new NotPermittedError("role", first ?? "");
  const candidates = holding.filter(({ role, onBehalfOf }) => concerns(review, role, [by, ...onBehalfOf]));
  if (candidates.length === 0) throw new NotPermittedError("addressee", first ?? "");
  const free = (name: string | undefined) =>
    candidates.filter(({ onBehalfOf }) => [by, ...onBehalfOf].every((one) => !name || !isNamed(one, name)));
  if (free(review.request.requester).length === 0) throw new NotPermittedError("own-case", first ?? "");
  const names = [review.request.requester, ...(review.request.mayNotDecide ?? [])];
  const allowed = candidates.find((candidate) => names.every((name) => free(name).includes(candidate)));
  if (!allowed) throw new NotPermittedError("excluded", first ?? "");
  return allowed;
}

/** Four eyes are two humans: nobody agrees twice, neither by themselves nor through somebody. @throws NotPermittedError */
export function assertSecondPerson(review: Review, { by }: Actor, { onBehalfOf }: Authority): void {
  const eyes = (review.votes ?? []).flatMap((vote) => [vote.by, ...(vote.onBehalfOf ?? [])]);
  if ([by, ...onBehalfOf].some((one) => eyes.some((other) => isSamePerson(one, other))))
    throw new NotPermittedError("same-person", review.request.role);
}

/** Who works on a review has it to themselves. @throws NotPermittedError */
export function assertNotOthers(review: Review, { by }: Actor): void {
  if (review.assignee && !isSamePerson(review.assignee, by))
    throw new NotPermittedError("claimed", review.request.role);
}
