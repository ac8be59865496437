import { embed } from "../embeddings.ts";
import { dot, type Vector } from "../vector.ts";
import { type NameChances, nameChances } from "./name-chances.ts";
import { overlap } from "./overlap.ts";
import type { Span } from "./spans.ts";

/** What forms call the things that are read, and those that are not to be taken for them. */
const LABELS = {
  role: [
    "role",
    "job title",
    "position",
    "occupation",
    "what I do",
    "profession",
    "function",
    "applicant job",
    "employee role",
    "working as",
    "trade",
  ],
  training: [
    "training",
    "course",
    "course title",
    "seminar",
    "requested training",
    "workshop",
    "topic",
    "programme",
    "training name",
    "certification wanted",
    "what I want to learn",
  ],
  department: ["department", "team", "unit", "cost centre", "division", "site", "area"],
  provider: ["provider", "organiser", "school", "institute", "vendor", "academy", "held by", "place"],
  person: ["name", "applicant", "employee", "requested by", "from", "manager", "signature", "to"],
  reasons: [
    "reasons",
    "why",
    "justification",
    "benefit",
    "motivation",
    "because",
    "background",
    "purpose",
    "explanation",
    "comments",
    "goal",
  ],
  cost: ["cost", "price", "fee", "budget", "amount", "currency"],
  dates: [
    "dates",
    "when",
    "start date",
    "end date",
    "duration",
    "days",
    "period",
    "format",
    "language",
    "id",
    "status",
  ],
} as const;
const KINDS = Object.keys(LABELS) as (keyof typeof LABELS)[];

const COURSE =
  /\b(?:training|course|workshop|seminar|class(?:es)?|certificat\w*|licen[cs]e|bootcamp|conference|programme|program|masterclass|lessons|retreat|diploma|refresher|summit|exam|qualification|webinar|module|academy|foundation|basics|advanced|level|introduction)\b/i;
const COURSE_BEFORE =
  /\b(?:training|course|workshop|seminar|class|certificate|licence|programme|program|module|conference|refresher|topic|title|called|named|subject|attend|take|join|book|do|learn|for)\b[^.!?]{0,14}$/i;
const COURSE_AFTER =
  /^[^.!?\p{L}]{0,4}(?:\p{L}+\s+){0,2}(?:training|course|workshop|seminar|class|certificate|licence|programme|program|lessons|refresher)\b/iu;
const SELF_BEFORE =
  /\b(?:I['’]?m|I am|I['’]ve been|am|I work(?:ed)?|I have worked|working|employed|I was|been|me|myself|also|here)(?:\s+(?:an?|the|as|our|in|on|at|for|currently|still|now|also|new|one of|your|\d+ years?))*[\s(,–-]*$/i;
const AS_BEFORE = /(?:^|[\s(,])as\s+(?:an?\s+|the\s+|your\s+|our\s+)?$/i;
const OTHERS_BEFORE =
  /\b(?:the|our|my|their|his|her|by|by an?|from|to|dear|said|two|three|four|five|six|\d+|all|other|an?|new|of|with)\s+$/i;
const HIRED_BEFORE =
  /\b(?:is|who is|works as|has been|for our|for my|on behalf of|our new|reports to me|colleague|employee|she|he)\b[^.!?]{0,22}$/i;
const ADDRESSED_BEFORE = /\b(?:dear|to|hello|hi|cc|manager|regards|boss|head)\b[^.!?]{0,12}$/i;
const MONTH = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i;
const MONEY = /[€£$]|\b(?:EUR|USD|GBP|CHF|PLN|euros?)\b/i;
const HERE_AFTER = /^\s*(?:here|at|in the|in our|for)\b/i;
const SENTENCE = /\b(?:I|we|my|our|is|are|was|were|have|has|will|would|which|that)\b/i;
const LONG_TITLE = 7;
const [EARLY, LATE] = [0.15, 0.85];

/** What the rules alone take for the role and the training. */
export interface Ruled {
  role?: string | undefined;
  training?: string | undefined;
}

/** Below it a label is like nothing that is known. */
const KNOWN_LABEL = 0.3;
/** A chance below this counts as this, in logarithms. */
const LEAST = -6;

/** Which measures say how likely a span names a role, and a training. */
export const AS_NAME = { role: 2 * KINDS.length + 3, training: 2 * KINDS.length + 4 } as const;

/** What is measured of each span of a document: its label, how it is written, what stands beside it, and what it may name by its meaning. */
export async function spanMeasures(
  spans: readonly Span[],
  ruled: Ruled,
  chancesOf: (texts: readonly string[]) => Promise<NameChances[]> = nameChances,
): Promise<number[][]> {
  const [nearness, chances] = await Promise.all([labelNearness(spans), chancesOf(spans.map(({ text }) => text))]);
  return spans.map((span, index) => {
    const { text, passage, isWhole, before, after, at } = span;
    const near = nearness.get(passage.label) ?? KINDS.map(() => 0);
    const nearest = Math.max(...near);
    const words = text.split(" ");
    const isProse = passage.kind === "prose";
    const [role, training, other] = (chances[index] ?? [0, 0, 1]).map((chance) => Math.max(LEAST, Math.log(chance)));
    const [asRole, asTraining] = [role ?? LEAST, training ?? LEAST];
    return [
      ...near,
      ...near.map((one) => (nearest > KNOWN_LABEL && one === nearest ? 1 : 0)),
      Math.log(words.length),
      words.filter((word) => /^\p{Lu}/u.test(word)).length / words.length,
      at,
      asRole,
      asTraining,
      other ?? LEAST,
      asRole - asTraining,
      isProse ? asRole : 0,
      isProse ? asTraining : 0,
      overlap(text, ruled.role),
      overlap(text, ruled.training),
      ...[
        passage.label !== "",
        passage.kind === "heading",
        isProse,
        isWhole,
        isWhole && passage.kind === "field",
        words.length === 1,
        words.length > LONG_TITLE,
        /^\p{Lu}/u.test(text),
        /["“„«']\s*$/.test(before),
        COURSE.test(text),
        COURSE_BEFORE.test(before),
        COURSE_AFTER.test(after),
        SELF_BEFORE.test(before),
        AS_BEFORE.test(before),
        OTHERS_BEFORE.test(before),
        HIRED_BEFORE.test(before),
        ADDRESSED_BEFORE.test(before),
        HERE_AFTER.test(after),
        /^[\s,(–-]*\[removed\]/.test(after),
        /\[removed\][\s,(–|-]*$/.test(before),
        before.trim() === "" && isProse,
        after.trim() === "",
        MONTH.test(text),
        MONEY.test(text),
        /\d/.test(text),
        at < EARLY,
        at > LATE,
        /^\s*,/.test(after),
        /^\s*\(/.test(after),
        SENTENCE.test(text),
      ].map(Number),
    ];
  });
}

/** How near each label of a document is to each kind of label, from 0 to 1. */
async function labelNearness(spans: readonly Span[]): Promise<Map<string, number[]>> {
  const labels = [...new Set(spans.map(({ passage }) => passage.label).filter((label) => label !== ""))];
  const names = KINDS.flatMap((kind) => [...LABELS[kind]]);
  const vectors = await embed([...names, ...labels]);
  const ofName = new Map(names.map((name, index) => [name, vectors[index] as Vector]));
  return new Map(
    labels.map((label, index) => {
      const one = vectors[names.length + index] as Vector;
      return [
        label,
        KINDS.map((kind) => Math.max(...LABELS[kind].map((name) => dot(one, ofName.get(name) as Vector)))),
      ];
    }),
  );
}
