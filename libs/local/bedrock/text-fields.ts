import { entriesOf } from "./entries.ts";
import type { Concept, Facts } from "./fields.ts";
import { saidInPhrases } from "./phrases.ts";
import { vocabulary } from "./vocabulary.ts";

/** Whole labels, as people write them before a colon, in a table's first column or as a heading. */
const LABELS: [Concept, RegExp][] = [
  ["person", /^(?:applicant|employee|full name|name|from|requested by|requester|participant|i am)(?: name)?$/i],
  ["email", /^(?:e-?mail(?: address)?|contact|mail)$/i],
  [
    "role",
    /^(?:(?:my |current |your )?(?:role|position|job title|job role|job|occupation|function|job position)|title|position held|employed as|works? as|i work as)$/i,
  ],
  ["department", /^(?:department|team|unit|division|dept\.?|business unit|department\/team|area)$/i],
  [
    "training",
    /^(?:(?:requested |desired |proposed )?(?:training|course|workshop|seminar|programme|program|certification|class|conference|event)(?: (?:title|name|requested|course))?|title of (?:the )?(?:training|course)|training\/course|what|request|topic|measure|activity|request(?:ing|ed)?(?: approval)?(?: for)?|training request|request for (?:a )?training|application(?: for training)?|course request)$/i,
  ],
  [
    "provider",
    /^(?:(?:training |course )?provider|vendor|organi[sz]er|school|offered by|institution|institute|academy|run by|where|host)$/i,
  ],
  [
    "cost",
    /^(?:(?:total |estimated |course )?(?:costs?|price|fees?|amount|budget)(?: \(?\w+\)?)?|how much|expenses)$/i,
  ],
  [
    "dates",
    /^(?:(?:training |course )?dates?|when|period|start(?: date)?|schedule|timing|date and place|duration|time)$/i,
  ],
  [
    "reasons",
    /^(?:(?:my |main )?reasons?(?: .*)?|motivation|justification|why(?: .*)?|purpose|benefits?(?: .*)?|business (?:case|need|reason|justification)|background|rationale|grounds?|need|goal|objective|explanation|how (?!much|long).*)$/i,
  ],
];
const WHO = /^(?:who|by|applicant|employee|name|from|requester|requested by|participant)$/i;
const LONGEST_TITLE = 16;
const SUBJECT = /^(?:subject|re|betreff)$/i;

/** The facts of a text: what its labels say, else what its sentences say, else its subject. */
export function fromText(text: string): Facts {
  const { entries, prose } = entriesOf(text);
  const facts: Facts = {};
  for (const { label, value, isHeading } of entries) {
    const concept = LABELS.find(([, written]) => written.test(label))?.[0];
    if (WHO.test(label) && facts.role === undefined) {
      const beside = roleBeside(value);
      if (beside) facts.role = beside;
    }
    if (!concept || value === "") continue;
    // A heading's paragraphs are no title.
    if (concept === "training" && isHeading && value.split(/\s+/).length > LONGEST_TITLE) continue;
    if (concept === "reasons" && facts.reasons) facts.reasons += ` ${value}`;
    else facts[concept] ??= concept === "person" ? value.replace(/\s*<.*>$/, "") : value;
  }
  const said = { ...saidInPhrases(text), ...saidInPhrases(prose) };
  const subject = entries.find(({ label }) => SUBJECT.test(label))?.value;
  const topic = subject && saidInPhrases(subject).training;
  const title =
    facts.training ??
    said.training ??
    topic ??
    titleIn(subject) ??
    titleIn(entries.find(({ isHeading }) => isHeading)?.label);
  const reasons = facts.reasons ?? (prose === "" ? undefined : prose);
  const role = facts.role ?? said.role ?? titleOfWork(title ? text.replaceAll(title, " ") : text);
  return { ...said, ...facts, ...(role && { role }), ...(title && { training: title }), ...(reasons && { reasons }) };
}

/** `Training request: Excel for controllers` names a training; `Training request` alone does not. */
function titleIn(heading: string | undefined): string | undefined {
  const [, title] =
    /^(?:.{0,40}?\b(?:request|application|approval|proposal)\b(?: for)?(?: an?| the)?\s*[:–—-]?\s*)(.{4,100})$/i.exec(
      heading ?? "",
    ) ?? [];
  return title && !/^(?:training|course|approval|budget|\W*)$/i.test(title) ? title.trim() : undefined;
}

/** `Ada Adler, nurse, ward 3` names a role beside who it is. */
function roleBeside(value: string): string | undefined {
  const beside = /\(([^(),]+)/.exec(value)?.[1] ?? value.split(/\s*,\s*/)[1];
  return beside && /^[\p{L}][\p{L}/&+ -]{2,50}$/u.test(beside) && !/^removed$/.test(beside) ? beside : undefined;
}

/** A role that the vocabulary knows and that stands somewhere in the text; of several, the longest name. */
function titleOfWork(text: string): string | undefined {
  const words = ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}&+#-]+/gu, " ")} `;
  const titles = vocabulary().occupations.flatMap(({ titles }) => titles.map((title) => title.text));
  const found = titles.filter((title) => words.includes(` ${title.toLowerCase()} `));
  return found.sort((one, other) => other.length - one.length)[0];
}
