import { levelOf } from "./calibration.ts";
import { similarities } from "./embeddings.ts";
import type { Facts } from "./fields.ts";
import type { Criterion } from "./prompt.ts";

export interface Judged {
  id: string;
  level: number;
  reason: string;
  quotation: string | null;
}

type Judgement = Omit<Judged, "id">;

/** Nothing can be said: the middle, where a person decides. */
const unknown = (reason: string): Judgement => ({ level: 50, reason, quotation: null });

/** What the model can judge, each told by how a rubric would ask for it. */
const SENSES: { asks: string; judge: (facts: Facts) => Promise<Judgement> | Judgement }[] = [
  { asks: "Does the training teach what the applicant's role needs?", judge: fit },
  { asks: "Will the department use what is learned in the training?", judge: use },
  { asks: "Are the reasons concrete: a task, a problem, a goal, a number?", judge: concreteness },
  { asks: "Is the cost in proportion, modest or too high?", judge: proportion },
];
const UNDERSTOOD = 0.5;

/** Judges a document's facts by one criterion, chosen by what its question means; a question it does not understand stays in the middle. */
export async function judge({ id, question }: Criterion, facts: Facts): Promise<Judged> {
  const likeness = await similarities(
    question,
    SENSES.map(({ asks }) => asks),
  );
  const best = Math.max(...likeness);
  const sense = best >= UNDERSTOOD ? SENSES[likeness.indexOf(best)] : undefined;
  return { id, ...(await (sense?.judge(facts) ?? unknown("The offline model does not understand the question."))) };
}

async function fit({ role, training }: Facts): Promise<Judgement> {
  if (!role || !training) return unknown("The role or the training is not stated.");
  const [cosine = 0] = await similarities(`skills that a ${role} needs at work`, [`course: ${training}`]);
  const level = levelOf(cosine);
  return { level, reason: `By their meaning, the training and the role are ${words(level)}.`, quotation: training };
}

async function use({ role, department, training, reasons }: Facts): Promise<Judgement> {
  const place = department ?? role;
  if (!place || !training) return unknown("The department or the training is not stated.");
  const [ofPlace = 0, ofRole = 0] = await similarities(`course: ${training}`, [
    `work of the ${place} department`,
    `skills that a ${role ?? place} needs at work`,
  ]);
  const level = levelOf(Math.max(ofPlace, ofRole));
  return {
    level,
    reason: `By their meaning, the training and the department's work are ${words(level)}.`,
    quotation: department ?? firstSentence(reasons),
  };
}

const words = (level: number) => (level > 76 ? "near each other" : level < 35 ? "far from each other" : "related");

/** Numbers, tasks and goals count; the length alone does not. */
function concreteness({ reasons }: Facts): Judgement {
  if (!reasons) return { level: 0, reason: "No reasons are given.", quotation: null };
  const signs = [
    /\d/,
    /\b(project|customer|client|audit|deadline|release|incident|complaint|error|shift|vehicle|patient|report|system|migration|regulation|law|licen[cs]e)s?\b/i,
    /\b(reduce|increase|improve|replace|introduce|lead|take over|avoid|cut|prepare|build|handle|hire|train)\w*\b/i,
    /\b(because|so that|in order to|since|currently|last (?:year|month|quarter)|next (?:year|month|quarter)|need)\b/i,
  ].filter((sign) => sign.test(reasons)).length;
  const level = reasons.split(/\s+/).length < 6 ? 20 : 30 + signs * 17;
  const reason = `The reasons show ${signs} of 4 signs of something concrete: figures, things, tasks, purposes.`;
  return { level: Math.min(level, 100), reason, quotation: firstSentence(reasons) };
}

/** Rough: in thousands of the currency, for currencies of the euro's size. */
function proportion({ cost }: Facts): Judgement {
  const digits = /\d[\d.,' ]*/
    .exec(cost ?? "")?.[0]
    .replaceAll(/[ ']|[.,](?=\d{3}\b)/g, "")
    .replace(",", ".");
  if (!cost || !digits) return unknown("The cost is not stated.");
  const amount = Number.parseFloat(digits);
  const level = amount <= 800 ? 95 : amount <= 2_000 ? 85 : amount <= 4_000 ? 65 : amount <= 8_000 ? 40 : 15;
  return { level, reason: `The cost is set against what courses usually cost.`, quotation: cost };
}

const firstSentence = (text: string | undefined) => /^[^.!?\n]{1,300}/.exec(text ?? "")?.[0].trim() ?? null;
