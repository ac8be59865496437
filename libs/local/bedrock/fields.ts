import { fromJson } from "./json-fields.ts";
import { type Reading, type ReadingWeights, readingOf } from "./reading/choose.ts";
import { jsonIn } from "./reading/passages.ts";
import { fromText } from "./text-fields.ts";

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

/** A request as it is read: what it says, and who may be asking for what. */
export interface ReadRequest {
  facts: Facts;
  reading: Reading;
}

/**
 * Reads what a request says, in its own words: by its keys, labels and phrases; and the role and the training by what is likeliest
 * of all that it holds.
 */
export async function readRequest(document: string, by?: ReadingWeights): Promise<ReadRequest> {
  const { role: ruledRole, training: ruledTraining, ...facts } = factsByRules(document);
  const reading = await readingOf(document, { role: ruledRole, training: ruledTraining }, by);
  const { role, training } = reading;
  return { facts: { ...facts, ...(role && { role }), ...(training && { training }) }, reading };
}

/** What the rules alone read. */
export function factsByRules(document: string): Facts {
  const json = jsonIn(document);
  return json === undefined ? fromText(document) : fromJson(json);
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
