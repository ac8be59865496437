import type { PersonalKind } from "./document/personal.ts";

/** One question that the score answers, with what its levels look like. */
export interface Criterion {
  /** Lower case, digits and hyphens. */
  id: string;
  question: string;
  /** Its share of the score, beside the other weights. */
  weight: number;
  anchors: Readonly<Record<"0" | "50" | "100", string>>;
}

/** What a document is judged by, as data. A change of it is a new version. */
export interface Rubric {
  version: string;
  /** What is judged, in a sentence. */
  task: string;
  criteria: readonly Criterion[];
  /** What of the document may weigh, in words. */
  mayUse: readonly string[];
  /** What may not weigh: it is taken out before a model sees the document. */
  mustNotUse: readonly PersonalKind[];
  /** The languages that the rubric was tried in (ISO 639-1); a document in another goes to a person. */
  languages: readonly string[];
  /** In place of the prompt that every rubric is judged by: for a candidate in shadow. */
  instructions?: string;
}
