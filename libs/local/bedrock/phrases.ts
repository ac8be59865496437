import type { Concept, Facts } from "./fields.ts";
import { wordsOf } from "./words.ts";

const COURSE =
  "training|course|workshop|seminar|class(?:es)?|certificat(?:e|ion)|licen[cs]e|bootcamp|boot camp|conference|programme|program|masterclass|master class|lessons|retreat|diploma|camp|refresher|summit|exam|qualification|weekend|tour|webinar|session";
const CURRENCY = "EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|INR|JPY|euros?|dollars?|pounds?|francs?|€|\\$|£";
const NUMBER = "(?:\\d{1,3}(?:[.,' ]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d{1,2})?)";
const ROLE = "([\\p{L}][\\p{L}/&+. -]{1,50}?)";
const ROLE_END =
  "(?=\\s+(?:in|at|for|with|on|who|since|from|here|and|but|of\\s+(?:the|our)|based|working|responsible|I|by|within|looking|writing|requesting|asking|applying|now)\\b|\\s*[,;:\\n(–—!]|\\.(?:\\s|$)|\\s*$)";
const ARTICLE = "(?:an?|the|your|our|one of (?:the|our)|one of)\\s+";
const TITLE_END =
  "(?=\\s+(?:by|from|at|with|offered|run|given|provided|which|that|because|so|in order|to help|to improve|for \\d|costs?|costing|on \\d|starting|this|next|held|taking|as|and (?:it|I|the cost)|in (?:January|February|March|April|May|June|July|August|September|October|November|December|\\d{4}|spring|summer|autumn|winter|[A-Z]))\\b|\\s*[,;:\\n(]|\\.(?:\\s|$)|$)";

/** How people say it in a sentence; the first group is the words that count, an earlier phrase is surer than a later one. */
const PHRASES: [Concept, RegExp][] = [
  ["email", /\b([\w.+-]+@[\w-]+(?:\.[\w-]+)+)\b/u],
  [
    "role",
    new RegExp(`(?:^|\\n)\\s*\\[removed\\](?: \\(?\\[removed\\]\\)?)?,\\s+(?:an?\\s+)?${ROLE}${ROLE_END}`, "iu"),
  ],
  ["role", new RegExp(`\\b(?:I'?m|I am|my name is|this is) [^\\n.,]{2,30}, (?:an?|the|your) ${ROLE}${ROLE_END}`, "iu")],
  ["role", /(?:^|[.!?\n]\s*)(\p{L}[\p{L}/& -]{3,40}?) here\b[.,:!]/u],
  [
    "role",
    new RegExp(
      `(?:^|[.!?\\n]\\s*)As (?!an? |the |your |our |you |we |I |soon |well |for |part |of )${ROLE}(?=\\s+(?:of|in|for|at|with)\\b|\\s*[,(])`,
      "u",
    ),
  ],
  [
    "role",
    new RegExp(
      `\\bmy (?:current |official |present )?(?:role|job title|job|position|title|profession|function)(?: here)? (?:as|is|of)(?: that of)?\\s+(?:an?\\s+|the\\s+)?${ROLE}${ROLE_END}`,
      "iu",
    ),
  ],
  [
    "role",
    new RegExp(
      `\\b(?:I|we|been|I'?ve|I'?m)\\b[^.\\n]{0,30}?\\b(?:work|worked|working|employed|serve|serving|hired|started|joined)\\b(?: [\\p{L}']+){0,4}? as ${ARTICLE}${ROLE}${ROLE_END}`,
      "iu",
    ),
  ],
  [
    "role",
    new RegExp(
      `\\b(?:I'?m|I am|I’m|I have been|I've been|I was)(?: currently| now| still| also| just)? ${ARTICLE}(?!bit|little|member|great|big|fan|lot)${ROLE}${ROLE_END}`,
      "iu",
    ),
  ],
  ["role", new RegExp(`\\b(?:work|working|employed) as ${ROLE}${ROLE_END}`, "iu")],
  [
    "role",
    new RegExp(
      `\\bas ${ARTICLE}(?!result|consequence|reward|team|matter|whole|rule|first|next|present|birthday)${ROLE}${ROLE_END}`,
      "iu",
    ),
  ],
  [
    "training",
    new RegExp(
      `\\b(?:${COURSE})\\b[^.\\n"“”«»„]{0,50}?["“«„]((?=[\\p{L}\\p{N}])[^"”»“\\n]{4,140}(?<=\\S))["”»“]`,
      "iu",
    ),
  ],
  [
    "training",
    new RegExp(`["“«„]((?=[\\p{L}\\p{N}])[^"”»“\\n]{4,140}(?<=\\S))["”»“][^.\\n]{0,25}\\b(?:${COURSE})\\b`, "iu"),
  ],
  [
    "training",
    /\b(?:attend|take|join|do|book|request|like|want|wants|need|down for|approval for|approve|participation in|participate in|take part in|sponsor)\b[^.\n"“«„]{0,30}["“«„]((?=[\p{L}\p{N}])[^"”»“\n]{4,140}(?<=\S))["”»“]/iu,
  ],
  [
    "training",
    new RegExp(
      `\\b(?:${COURSE}) (?:on|about|for|called|titled|named|entitled)\\s+(?:the\\s+|an?\\s+)?([^,;\\n]{4,110}?)${TITLE_END}`,
      "iu",
    ),
  ],
  ["training", /(?<=\s)['‘]([\p{L}\d][^'’\n]{3,120})['’](?=[\s,.;)]|$)/u],
  ["training", new RegExp(`\\b(?:${COURSE}) in (\\p{Ll}[^,;\\n]{3,90}?)${TITLE_END}`, "u")],
  ["training", new RegExp(`\\b(?:${COURSE}):? (\\p{Lu}[^,;\\n(]{3,100}?)${TITLE_END}`, "u")],
  [
    "training",
    new RegExp(
      `\\b(?:attend|attending|take|join|do|complete|book|visit|enrol in|participate in|asking for|ask for)\\s+(?:the\\s+)?(\\p{Lu}\\S+ [^,;\\n(]{3,100}?)${TITLE_END}`,
      "u",
    ),
  ],
  [
    "training",
    new RegExp(
      `\\b(?:asking for|ask for|attend|attending|take|join|do|doing|book|enrol(?:l)?(?: (?:in|on|for))?|sign up for|participate in|take part in|go (?:to|on)|request|requesting|apply for|complete|visit|get|obtain|renew|pay for|cover|fund|approve|send me (?:to|on))(?: me)?(?:\\s+(?:the|an?|this|my|our))?\\s+((?:[^,;\\n.]{3,80}?\\s)(?:${COURSE})(?: (?:on|in|for|of) [^,;\\n.]{3,60}?${TITLE_END})?)\\b`,
      "iu",
    ),
  ],
  [
    "training",
    new RegExp(
      `\\b(?:the|an?|my|for) ((?:(?!(?:the|an?|my|our|for|to|pays?)\\b)[\\p{L}\\d&+#/'-]+ ){1,6}(?:${COURSE}))\\b`,
      "iu",
    ),
  ],
  ["training", new RegExp(`\\b(?:${COURSE}):? (\\p{Lu}[^,;\\n(]{3,100}?)${TITLE_END}`, "u")],
  ["training", /["“«„]((?=[\p{L}\p{N}])[^"”»“\n]{4,140}(?<=\S))["”»“]/u],
  [
    "training",
    new RegExp(
      `\\b(?:learn|study|be trained in|training in)\\s+(?:more about\\s+|about\\s+|how to\\s+)?([^,;\\n]{4,80}?)${TITLE_END}`,
      "iu",
    ),
  ],
  ["department", /\b(?:in|of|for|from|to) (?:the|our) ([\p{L}&/ -]{2,40}?) (?:department|team|unit|division)\b/iu],
  [
    "department",
    /\b(?!Hi|Hello|Dear|As|My|Our|The|In|Hey)(\p{Lu}[\p{L}&/-]+(?: [\p{Lu}&][\p{L}/-]*)*) (?:department|team|unit|division)\b/u,
  ],
  ["cost", new RegExp(`(?<![\\d.,])((?:${CURRENCY})\\s?${NUMBER}|${NUMBER}\\s?(?:${CURRENCY})(?!\\p{L}))`, "iu")],
  ["cost", /\b(free of charge|costs nothing|it is free|no cost)\b/i],
  ["dates", /(\d{4}-\d{2}-\d{2}(?:\s*(?:to|until|-|–)\s*\d{4}-\d{2}-\d{2})?)/],
  [
    "dates",
    /\b((?:\d{1,2}(?:st|nd|rd|th)?(?:\s*(?:-|–|to|and)\s*\d{1,2}(?:st|nd|rd|th)?)?\.? (?:of )?)?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{1,2}(?!\d)(?:\s*(?:-|–|to)\s*\d{1,2}(?!\d))?)?(?:,? \d{4})?)\b/,
  ],
  ["dates", /\b(\d{1,2}\.\d{1,2}\.\d{4}(?:\s*(?:-|–|to)\s*\d{1,2}\.\d{1,2}\.\d{4})?)/],
  [
    "provider",
    /\b(?:offered by|run by|provided by|organi[sz]ed by|held by|given by|by|from|at|with) (?:the )?((?:\p{Lu}[\p{L}&'.-]+ ?){1,5})/u,
  ],
  [
    "person",
    /(?:regards|thanks|thank you|sincerely|best|cheers|yours)[^\n]{0,30},?\s*\n+\s*(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’.-]+){0,3})/u,
  ],
  ["person", /\b(?:my name is|I am|I'm|this is) (\p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+)/u],
];

/** `The renewal course` names no training, and `a side business one day` is no role. */
const IS: Partial<Record<Concept, (said: string) => boolean>> = {
  training: (said) => wordsOf(said).length > 0,
  role: (said) =>
    !/\d|^(?:one|such|well|always|usual|before)$|\b(?:business|day|reason|result|hobby|surprise|present|reward|side|way|part)\b/i.test(
      said,
    ),
};

/** What a text's sentences say of each concept. */
export function saidInPhrases(text: string): Facts {
  const flat = text.replaceAll(/(?<!\n)\n(?!\n)/g, " ").replaceAll(/[ \t]+/g, " ");
  const facts: Facts = {};
  for (const [concept, phrase] of PHRASES) {
    if (facts[concept]) continue;
    const all = (concept === "person" ? text : flat).matchAll(new RegExp(phrase, `${phrase.flags}g`));
    for (const [, said = ""] of all) {
      const plain = said.replaceAll(/\s+/g, " ").replaceAll(/^[\s"“]+|[\s."”]+$/g, "");
      if (plain === "" || !(IS[concept]?.(plain) ?? true)) continue;
      facts[concept] = plain;
      break;
    }
  }
  return facts;
}

/** All that a text's phrases may say of some concepts, one phrase beside the other, likely or not. */
export const allSaid = (text: string, of: readonly Concept[]): string[] =>
  PHRASES.filter(([concept]) => of.includes(concept)).flatMap(([, phrase]) =>
    [...text.matchAll(new RegExp(phrase, `${phrase.flags}g`))].map(([, said = ""]) => said),
  );
