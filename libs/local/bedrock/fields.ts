import { fromJson } from "./json-fields.ts";
import { fromText } from "./text-fields.ts";
import { titleAlone } from "./title-alone.ts";
import { titleAmong } from "./title-among.ts";
import { isNamed } from "./words.ts";

/** What a field is about, told by its name in the schema: `trainingTitle`, `courseName` and `title` ask for the same. */
const CONCEPTS = {
  email: /e-?mail/i,
  provider: /provider|vendor|organi[sz]er|school/i,
  department: /department|team|unit|division/i,
  role: /role|position|job|occupation/i,
  training: /training|course|title|subject/i,
  cost: /cost|price|fee|amount|budget/i,
  dates: /date|when|period/i,
  reasons: /reason|motivation|justification|why|purpose/i,
  person: /name|applicant|employee|person/i,
} as const;
export type Concept = keyof typeof CONCEPTS;
export const concepts = Object.keys(CONCEPTS) as Concept[];

export type Facts = Partial<Record<Concept, string>>;

/** Which of the concepts a field asks for, if any. */
export const conceptOf = (field: string): Concept | undefined =>
  concepts.find((concept) => CONCEPTS[concept].test(field));

/** Reads what a request says, in its own words: from JSON by its keys, from a text by its labels, its phrases, or how it is written. */
export async function readFacts(document: string): Promise<Facts> {
  const facts = said(document);
  if (isNamed(facts.training && titleAlone(facts.training))) return facts;
  const training = await titleAmong(document, facts.role);
  return training ? { ...facts, training } : facts;
}

function said(document: string): Facts {
  const trimmed = document.trim();
  if (trimmed.startsWith("{")) {
    try {
      return fromJson(JSON.parse(trimmed));
    } catch {
      // A text that only begins like JSON.
    }
  }
  return fromText(document);
}

/** The fields of the schema by the concepts that their names tell; null where the document does not say. */
export function fieldsOf(names: readonly string[], facts: Facts): Record<string, string | null> {
  return Object.fromEntries(
    names.map((name) => {
      const concept = conceptOf(name);
      return [name, (concept && facts[concept]) ?? null];
    }),
  );
}
