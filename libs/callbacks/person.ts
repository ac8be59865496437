import { z } from "zod";

/** A signed-in person, as the identity provider vouches for them. `subject` is the provider's stable id. */
export const Person = z.strictObject({
  subject: z.string().min(1),
  name: z.string().min(1),
  email: z.string().optional(),
  /** How the identity was known, for the proof: `openid https://login.example.com`. */
  via: z.string().max(300).optional(),
});
export type Person = z.infer<typeof Person>;

/** Whether the two are one human, as far as the provider's id or the e-mail address tells. */
export const isSamePerson = (one: Person, other: Person) =>
  one.subject === other.subject || (one.email !== undefined && isNamed(other, one.email));

/** Whether `name`, an e-mail address or a subject, names the person. */
export function isNamed(person: Person, name: string): boolean {
  const lower = name.toLowerCase();
  return person.subject.toLowerCase() === lower || person.email?.toLowerCase() === lower;
}
