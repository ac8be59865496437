import { z } from "zod";
import { type ConverseRequest, textOf } from "./request.ts";

const Criterion = z.looseObject({ id: z.string(), question: z.string(), anchors: z.record(z.string(), z.string()) });
export type Criterion = z.infer<typeof Criterion>;

const Rubric = z.looseObject({ task: z.string().default(""), criteria: z.array(Criterion).min(1) });
export type AskedRubric = z.infer<typeof Rubric>;

/** An answer's schema, as far as it is read: the members of `fields`, which are read out of the document. */
const Schema = z.looseObject({
  properties: z.looseObject({
    fields: z.looseObject({ properties: z.record(z.string(), z.unknown()) }),
    criteria: z.unknown(),
  }),
});

export interface Asked {
  rubric: AskedRubric;
  document: string;
  /** The names of the fields to be read. */
  fields: string[];
}

/** What a request asks: its rubric, its document and its fields; undefined where it asks for no judgement by a rubric. */
export function readPrompt({ system = [], messages, outputConfig }: ConverseRequest): Asked | undefined {
  const rubric = rubricIn(textOf(system));
  const schema = Schema.safeParse(parse(outputConfig?.textFormat.structure.jsonSchema.schema ?? ""));
  const message = textOf(messages.at(-1)?.content ?? []);
  if (!rubric || !schema.success) return undefined;
  const [, , marked] = /<([\w-]{8,})>\n([\s\S]*)\n<\/\1>/.exec(message) ?? [];
  return { rubric, document: marked ?? message, fields: Object.keys(schema.data.properties.fields.properties) };
}

/** The rubric is the JSON object with criteria that the system prompt holds. */
function rubricIn(text: string): AskedRubric | undefined {
  const end = text.lastIndexOf("}") + 1;
  for (let start = text.indexOf("{"); start >= 0; start = text.indexOf("{", start + 1)) {
    const rubric = Rubric.safeParse(parse(text.slice(start, end)));
    if (rubric.success) return rubric.data;
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
