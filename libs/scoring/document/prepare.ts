import { findEncoded } from "./encoded.ts";
import { type Finding, finding } from "./finding.ts";
import { revealHidden } from "./hidden.ts";
import { findInstructions } from "./instructions.ts";
import { findLanguages, type LanguagesOf } from "./language.ts";
import { stripMarkup } from "./markup.ts";
import { type PersonalKind, removePersonal } from "./personal.ts";
import { findRepetition } from "./repetition.ts";

export interface Prepared {
  /** What a model is shown. */
  text: string;
  findings: Finding[];
  /** An estimate: no model's own count is known before it is asked. */
  tokens: number;
}

/** A rule of thumb of the field for English; counted on the safe side. */
const CHARACTERS_PER_TOKEN = 3.5;
/** So many times the limit is searched for what does not belong there. */
const SEARCHED = 2;
export const estimateTokens = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/**
 * Makes a document ready for a model: hidden text is taken out and told, marks are stripped, what may not weigh is
 * removed, and what is over the limit is cut, which is told too. Everything in it stays data: see `converseRequest`.
 */
export async function prepareDocument(
  document: string,
  options: {
    mustNotUse: readonly PersonalKind[];
    languages: readonly string[];
    languagesOf: LanguagesOf;
    maxTokens: number;
    /** The rubric's own words, which a document has no reason to hold. */
    own?: readonly string[];
  },
): Promise<Prepared> {
  // What is far over the limit is neither judged nor searched: no document can make the search long.
  const within = document.slice(0, SEARCHED * options.maxTokens * CHARACTERS_PER_TOKEN).normalize("NFC");
  const revealed = revealHidden(within);
  const isJson = /^\s*[{[]/.test(revealed.text);
  const readable = isJson ? revealed.text : stripMarkup(revealed.text);
  const unread = estimateTokens(document.slice(within.length));
  const { text, note } = cut(removePersonal(readable, options.mustNotUse), options.maxTokens, unread);
  const spoken = isJson ? valuesOf(text) : text;
  const findings = [
    ...revealed.findings,
    ...findInstructions(revealed.text, options.own),
    ...(readable === revealed.text ? [] : findInstructions(readable, options.own)),
    ...findEncoded(spoken),
    ...findRepetition(spoken),
    ...(await findLanguages(spoken, options.languages, options.languagesOf)),
    ...(note ? [finding("cut", note)] : []),
  ];
  const seen = new Set<string>();
  const distinct = findings.filter(({ note: said }) => !seen.has(said) && seen.add(said));
  return { text, findings: distinct, tokens: estimateTokens(text) };
}

/** Cuts at a line's end, and says how much was left out. */
function cut(text: string, maxTokens: number, unread: number): { text: string; note?: string } {
  const tokens = estimateTokens(text) + unread;
  if (tokens <= maxTokens) return { text };
  const most = Math.floor(maxTokens * CHARACTERS_PER_TOKEN);
  const end = Math.max(text.lastIndexOf("\n", most), text.lastIndexOf(" ", most));
  const kept = text.slice(0, end > 0 ? end : most);
  const left = tokens - estimateTokens(kept);
  return { text: kept, note: `The last ${left} of about ${tokens} tokens were not judged.` };
}

/** What a JSON document says, without its keys, a line each. */
function valuesOf(json: string): string {
  const lines: string[] = [];
  try {
    JSON.parse(json, (_, value: unknown) => {
      if (typeof value === "string") lines.push(value);
      return value;
    });
    return lines.join("\n");
  } catch {
    return json;
  }
}
