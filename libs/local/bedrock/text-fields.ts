import type { Concept, Facts } from "./fields.ts";

const LABELS: Record<Concept, string> = {
  person: "applicant|employee|full name|name|from|requested by|requester",
  email: "e-?mail(?: address)?|contact",
  role: "(?:my |current |job )?role|position|job title|job|occupation|function",
  department: "department|team|unit|division|dept\\.?",
  training:
    "(?:requested )?(?:training|course|workshop|seminar|programme|program|certification)(?: (?:title|name|requested))?|title|subject",
  provider: "(?:training )?provider|vendor|organi[sz]er|school|offered by|institution",
  cost: "(?:total )?(?:costs?|price|fees?|amount|budget)(?: \\w+)?",
  dates: "dates?|when|period|start(?: date)?|schedule|timing",
  reasons:
    "reasons?(?: for [\\w ]+)?|motivation|justification|why(?: [\\w ]+)?|purpose|benefits?|business (?:case|need)|background",
};

const COURSE =
  "training|course|workshop|seminar|class(?:es)?|certificat(?:e|ion)|licen[cs]e|bootcamp|conference|programme|program|masterclass|lessons|retreat|diploma|camp";
const ROLE_END =
  "(?=\\s+(?:in|at|for|with|on|who|since|from|here|and|but|of\\s+(?:the|our)|based|working|responsible|I)\\b|\\s*[.,;:\\n(–—]|\\s*$)";

/** How people say it in a sentence; the first group is the words that count. */
const PHRASES: [Concept, RegExp][] = [
  ["email", /\b([\w.+-]+@[\w-]+(?:\.[\w-]+)+)\b/],
  [
    "role",
    new RegExp(
      `\\bmy (?:current )?(?:role|job|position|title)(?: here)? (?:as|is|of)(?: that of)?(?: an?| the)? ([\\w][\\w/&+ -]{1,50}?)${ROLE_END}`,
      "i",
    ),
  ],
  [
    "role",
    new RegExp(
      `\\b(?:I work|I'?ve worked|I have worked|I have been working|I've been working|I'm working|I am working|working|employed|work|been)(?: \\w+){0,3}? as (?:an?|the|your|our|one of the) ([\\w][\\w/&+ -]{1,50}?)${ROLE_END}`,
      "i",
    ),
  ],
  [
    "role",
    new RegExp(
      `\\bI(?:'m| am)(?: currently| now| still)? (?:an?|the|your|our) ([a-z][\\w/&+ -]{1,50}?)${ROLE_END}`,
      "i",
    ),
  ],
  ["role", new RegExp(`\\bas (?:an?|the|your|our) ([a-z][\\w/&+ -]{1,50}?)${ROLE_END}`, "i")],
  ["training", new RegExp(`(?:${COURSE})[^.\\n"“«*_]{0,40}?["“«*_]{1,2}([^"”»*_\\n]{4,120})["”»*_]`, "i")],
  ["training", /["“«]([^"”»\n]{4,120})["”»]/i],
  [
    "training",
    new RegExp(
      `\\b(?:${COURSE}) (?:on|in|about|for|called|titled|named) (?:the )?([^.,;\\n]{4,100}?)(?= (?:by|from|at|with|offered|run|given|provided|which|that|because|so|in order|to help|for \\d|costs?|on \\d|starting|this|next)\\b|[.,;:\\n(]|$)`,
      "i",
    ),
  ],
  [
    "training",
    new RegExp(
      `\\b(?:attend|take|join|do|book|enrol(?:l)?(?: (?:in|on|for))?|sign up for|participate in|take part in|go (?:to|on)|request|apply for|complete|send me (?:to|on))(?: (?:the|an?|this|my))? ([^.,;\\n]{3,100}? (?:${COURSE}))\\b`,
      "i",
    ),
  ],
  ["training", new RegExp(`\\b(?:the|an?) ((?:[\\w&+#/'-]+ ){1,6}(?:${COURSE}))\\b`, "i")],
  ["department", /\b(?:in|of|for|from) (?:the|our) ([\w&/ -]{2,40}?) (?:department|team|unit|division)\b/i],
  ["department", /\b([A-Z][\w&/-]+(?: [A-Z&][\w/-]*)*) (?:department|team|unit|division)\b/],
  [
    "cost",
    /((?:EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|€|\$|£)\s?\d[\d., ']*\d|\d[\d., ']*\s?(?:EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|euros?|dollars?|pounds?|€|\$|£))/i,
  ],
  ["dates", /(\d{4}-\d{2}-\d{2}(?:\s*(?:to|until|-|–)\s*\d{4}-\d{2}-\d{2})?)/],
  [
    "dates",
    /((?:\d{1,2}(?:\s*(?:-|–|to|and)\s*\d{1,2})?\.? )?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{1,2}(?:\s*(?:-|–|to)\s*\d{1,2})?)?(?:,? \d{4})?)/,
  ],
  ["provider", /\b(?:by|from|at|with|offered by|run by|provided by) (?:the )?((?:[A-Z][\w&'.-]+ ?){1,5})/],
  [
    "person",
    /(?:regards|thanks|thank you|sincerely|best|cheers)[^\n]{0,30},?\s*\n+\s*([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3})/i,
  ],
  ["person", /\b(?:my name is|I am|I'm|this is) ([A-Z][\w'’-]+ [A-Z][\w'’-]+)/],
];

/** The facts of a text: what its labels say first, what its sentences say where no label does. */
export function fromText(text: string): Facts {
  const facts: Facts = {};
  for (const concept of Object.keys(LABELS) as Concept[]) {
    const said = labelled(text, concept);
    if (said) facts[concept] = said;
  }
  for (const [concept, phrase] of PHRASES) {
    const [, said] = phrase.exec(text) ?? [];
    if (said && !facts[concept]) facts[concept] = tidy(said);
  }
  facts.reasons ??= prose(text);
  return facts;
}

/** `Role: driver`, `**Role:** driver`, `| Role | driver |`, `- Role - driver`, or a heading with its paragraph. */
function labelled(text: string, concept: Concept): string | undefined {
  const label = `(?:${LABELS[concept]})`;
  const line = new RegExp(`^[ \\t>*_#|-]*${label}[*_]*\\s*(?:[:=|]|\\s[-–—]\\s)[*_]*[ \\t]*(\\S[^\\n|]*)`, "im").exec(
    text,
  )?.[1];
  const body = concept === "reasons" ? "([\\s\\S]+?)(?=\\n#|\\n\\n\\w+:|$)" : "([^\\n]+)";
  const heading = new RegExp(`^(?:#+[ \\t]*${label}|[*_]{2}${label}:?[*_]{2}|${label}:)[ \\t]*\\n+${body}`, "im").exec(
    text,
  )?.[1];
  const said = tidy(line ?? heading ?? "");
  return said === "" ? undefined : said;
}

const tidy = (text: string) =>
  text
    .replaceAll(/[*_`]+/g, "")
    .replaceAll(/\s+/g, " ")
    .replace(/^[-–:,. ]+|[,;: ]+$/g, "")
    .trim();

/** What is left of a text once its headings and labelled lines are taken away. */
function prose(text: string): string {
  const lines = text.split("\n").filter((line) => !/^\s*(#|\||[\w ]{2,24}:\s)/.test(line));
  return lines.join(" ").replaceAll(/\s+/g, " ").trim();
}
