import { type Finding, finding } from "../finding.ts";
import { FIGURES, SERIES } from "./figures.ts";
import { FOREGONE } from "./foregone.ts";
import { MEANINGS } from "./meaning.ts";

const CLAIMS = [...FIGURES, ...MEANINGS, ...FOREGONE];

/** Members of JSON are sentences too. */
const SENTENCES = /\n+|(?<=[.!?]["'”»)]?)\s+|(?<=["\]}])\s*,\s*(?=["{])/;
/** A line that goes on in small letters is one with the line before. */
const WRAPPED = /[ \t]*\n[ \t]*(?=\p{Ll})/gu;

/**
 * Finds what a document claims of its own judging without ordering anything. A word of one kind is common in good
 * faith, it is the company that tells: `an exam passed with 92` is the applicant's own, a request that `came out at 92`
 * is not.
 */
export function findClaims(text: string): Finding[] {
  const findings = new Map<string, Finding>();
  const tell = (says: string, excerpt: string): void => {
    if (!findings.has(says)) findings.set(says, finding("instructions", `The document ${says}.`, excerpt));
  };
  for (const sentence of text.replaceAll(WRAPPED, " ").split(SENTENCES))
    for (const [says, kinds, but] of CLAIMS)
      if (kinds.every((kind) => kind.test(sentence)) && !but?.test(sentence)) tell(says, sentence);
  for (const [says, sign] of SERIES) {
    const found = sign.exec(text)?.[0];
    if (found) tell(says, found);
  }
  return [...findings.values()];
}
