import { z } from "zod";
import { LonghaulError, type Table } from "#platform";
import { isSamePerson, Person } from "./person.ts";

/** A delegation cannot be: it leads back to whoever gives it, is too long a chain, or its time is no time. */
export class InvalidDelegationError extends LonghaulError {
  constructor(message: string) {
    super("INVALID_DELEGATION", message);
  }
}

/** For an absence, `to` may decide what `from` may, as far as `roles` go. Times are ISO 8601 in UTC. */
export const Delegation = z.strictObject({
  from: Person,
  to: Person,
  roles: z.array(z.string().min(1)).min(1),
  /** Which roles `from` holds by themselves, as the identity provider says; the others were lent to them. */
  held: z.array(z.string()),
  begins: z.iso.datetime(),
  ends: z.iso.datetime(),
});
export type Delegation = z.infer<typeof Delegation>;

/** An authority that came by delegation: the role, and those through whom it came, the nearest first. */
export interface Lent {
  role: string;
  onBehalfOf: Person[];
}

/** From the holder of the role to whoever decides: at most this many delegations. */
export const LONGEST_CHAIN = 3;

export interface Delegations {
  /** Lends roles for an absence; given again to the same person, it replaces what was. @throws InvalidDelegationError */
  delegate(delegation: Delegation): Promise<void>;
  revoke(from: Person, to: Person): Promise<void>;
  /** What a person may use now, besides the own roles. */
  lentTo(person: Person): Promise<Lent[]>;
}

interface Reach {
  way: Person[];
  roles: string[];
}

const partition = (person: Person) => `~delegated-to#${person.subject}`;

/** Delegations lie with whoever receives them, so that one query finds all that a person was lent. */
export function createDelegations({ table, now = Date.now }: { table: Table; now?: () => number }): Delegations {
  const received = async (person: Person): Promise<Delegation[]> => {
    const { items } = await table.query({
      key: "#case = :case",
      names: { "#case": "case" },
      values: { ":case": partition(person) },
    });
    return items.map(({ delegation }) => Delegation.parse(delegation)).filter(({ ends }) => Date.parse(ends) > now());
  };
  /** Everybody whose authority reaches the person, by which way, and the roles that each link of it lends; a circle is walked once. */
  const reaching = async (person: Person, options: { begun: boolean }, seen: Person[] = []): Promise<Reach[]> => {
    const direct = (await received(person)).filter(
      ({ from, begins }) =>
        ![person, ...seen].some((one) => isSamePerson(one, from)) && (!options.begun || Date.parse(begins) <= now()),
    );
    const found = direct.map(async ({ from, roles, held }) => {
      const isLast = seen.length + 1 === LONGEST_CHAIN;
      const beyond = isLast ? [] : await reaching(from, options, [person, ...seen]);
      const narrowed = beyond.map((one) => ({
        way: [from, ...one.way],
        roles: one.roles.filter((role) => roles.includes(role)),
      }));
      return [{ way: [from], roles: roles.filter((role) => held.includes(role)) }, ...narrowed];
    });
    return (await Promise.all(found)).flat();
  };

  return {
    async delegate(given) {
      const parsed = Delegation.safeParse(given);
      if (!parsed.success) throw new InvalidDelegationError(z.prettifyError(parsed.error));
      const { from, to, begins, ends, roles, held } = parsed.data;
      if (isSamePerson(from, to)) throw new InvalidDelegationError("Expected `to` to be another person than `from`.");
      if (!(begins < ends && Date.parse(ends) > now()))
        throw new InvalidDelegationError(`Expected \`ends\` to come after \`begins\` and after now, got ${ends}.`);
      const above = await reaching(from, { begun: false });
      if (above.some(({ way }) => way.some((one) => isSamePerson(one, to))))
        throw new InvalidDelegationError("Expected `to` to be nobody whose authority you use: this leads in a circle.");
      const foreign = roles.find((role) => !held.includes(role) && !above.some((reach) => reach.roles.includes(role)));
      if (foreign)
        throw new InvalidDelegationError(`Expected \`roles\` to be held by or lent to \`from\`, got ${foreign}.`);
      if (above.some(({ way }) => way.length >= LONGEST_CHAIN))
        throw new InvalidDelegationError(`Expected at most ${LONGEST_CHAIN} delegations in a row.`);
      await table.put({ case: partition(to), entry: from.subject, delegation: parsed.data });
    },

    revoke: (from, to) => table.remove({ case: partition(to), entry: from.subject }),

    async lentTo(person) {
      const reach = await reaching(person, { begun: true });
      return reach.flatMap(({ way, roles }) => roles.map((role) => ({ role, onBehalfOf: way })));
    },
  };
}
