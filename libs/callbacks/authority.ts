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
 * Who may work on a review: holders of its role, or whom they have lent it; never the requester, nor anybody on the
 * requester's behalf, nor those whom the workflow excluded.
 * @throws NotPermittedError
 */
export function authorityOver(review: Review, { by, roles, lent = [] }: Actor): Authority {
  const accepted = rolesOf(review);
  const own = accepted.find((role) => roles.includes(role));
  const borrowed = lent.filter(({ role }) => accepted.includes(role));
  const [first] = accepted;
  const candidates: Authority[] = [...(own ? [{ role: own, onBehalfOf: [] }] : []), ...borrowed];
  if (candidates.length === 0) throw new NotPermittedError("role", first ?? "");
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
