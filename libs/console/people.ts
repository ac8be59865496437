import { z } from "zod";
import { Person } from "#callbacks";
import type { Table } from "#platform";

const PARTITION = "~people";

/** Who has signed in: so that a colleague can be named by e-mail address, whatever id the provider knows them by. */
export interface People {
  /** Notes that somebody has signed in. */
  remember(person: Person): Promise<void>;
  /** By e-mail address; undefined where nobody has signed in with it. */
  find(email: string): Promise<Person | undefined>;
}

export function createPeople(table: Table): People {
  const key = (email: string) => ({ case: PARTITION, entry: email.toLowerCase() });
  return {
    async remember(person) {
      if (!person.email) return;
      await table.put({ ...key(person.email), person });
    },
    async find(email) {
      const address = z.email().safeParse(email.trim());
      if (!address.success) return undefined;
      const item = await table.get(key(address.data));
      return item && Person.parse(item.person);
    },
  };
}
