import { entriesOf } from "./entries.ts";
import type { Concept, Facts } from "./fields.ts";
import { saidInPhrases } from "./phrases.ts";
import { titleOfWork } from "./titles-of-work.ts";

/** Whole labels, as people write them before a colon, in a table's first column or as a heading. */
const LABELS: [Concept, RegExp][] = [
  [
    "person",
    /^(?:applicant|employee|full name|name|surname.*|from|requested by|requester|request from|participant|i am)(?: name)?$/i,
  ],
  ["email", /^(?:e-?mail(?: address)?|contact|mail)$/i],
  [
    "role",
    /^(?:(?:my |current |your )?(?:role|position|job title|job role|job|occupation|function|job position|profession)|title|position held|employed as|working as|works? as|i work as|what i do)$/i,
  ],
  [
    "department",
    /^(?:department|team|unit|division|dept\.?|business unit|(?:location ?\/ ?)?department(?:\/team)?|area|section|group)$/i,
  ],
  [
    "training",
    /^(?:(?:requested |desired |proposed )?(?:training|course|workshop|seminar|programme|program|certification|class|conference|event|measure)(?: (?:title|name|requested|course|wish))?|title of (?:the )?(?:training|course|measure)|training\/course|what|what i want(?: to do)?|i want to do|wants?|looking for|request|topic|measure|activity|request(?:ing|ed)?(?: approval)?(?: for)?|training request|request for (?:a )?training|application(?: for training)?|course request)$/i,
  ],
  [
    "provider",
    /^(?:(?:training |course )?provider|vendor|organi[sz]er|organi[sz]ed by|held by|given by|school|offered by|institution|institute|academy|run by|by|from whom|where|host)$/i,
  ],
  [
    "cost",
    /^(?:(?:total |estimated |course )?(?:costs?|price|fees?|amount|budget(?: needed)?)(?: \(?\w+\)?)?|how much|expenses)$/i,
  ],
  [
    "dates",
    /^(?:(?:training |course )?dates?|when|period|start(?: date)?|end(?: date)?|schedule|timing|term|from ?\/ ?to|on|date and place|duration|time)$/i,
  ],
  [
    "reasons",
    /^(?:(?:my |main )?reasons?(?: .*)?|motivation|justification|why(?: .*)?|because|purpose|benefits?(?: .*)?|business (?:case|need|reason|justification)|background|context|rationale|grounds?|need|goal|objective|explanation|how (?!much|long).*)$/i,
  ],
];
const WHO = /^(?:who|by|applicant|employee|name|from|requester|request from|requested by|participant)$/i;
/** A line with more words than these says something. */
const FEWEST_WORDS = 6;
const isKnown = (label: string) =>
  WHO.test(label) || SUBJECT.test(label) || LABELS.some(([, known]) => known.test(label));
const LONGEST_TITLE = 16;
const SUBJECT = /^(?:subject|re|betreff)$/i;

/** The facts of a text: what its labels say, else what its sentences say, else its subject. */
export function fromText(text: string): Facts {
  const { entries, prose: running } = entriesOf(text);
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
  // What a line sets beside a label that says nothing here is prose like any other.
  const unknown = entries
    .filter(({ label, isHeading }) => !isHeading && !isKnown(label))
    .map(({ label, value }) => `${label}: ${value}`)
    .filter((line) => line.split(/\s+/).length > FEWEST_WORDS);
  const prose = [running, ...unknown].filter((part) => part !== "").join("\n");
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

/** `Ada Adler, nurse, ward 3` names a role beside who it is: what the vocabulary knows, else the first that may be one. */
function roleBeside(value: string): string | undefined {
  const beside = [...(/\(([^()]+)/.exec(value)?.[1]?.split(",") ?? []), ...value.split(/\s*,\s*/).slice(1)]
    .map((part) => part.replaceAll(/\[removed\]|[()<>]/g, " ").trim())
    .filter((part) => /^[\p{L}][\p{L}/&+ -]{2,50}$/u.test(part));
  return beside.find((part) => titleOfWork(part) !== undefined) ?? beside[0];
}
