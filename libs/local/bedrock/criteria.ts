import { similarities } from "./embeddings.ts";
import type { Facts } from "./fields.ts";
import { type Fit, fitOf } from "./fit.ts";
import type { Motive } from "./motive.ts";
import type { Criterion } from "./prompt.ts";
import { concreteness, proportion } from "./reasons.ts";
import { weighed } from "./weighing.ts";
import { wordsOf } from "./words.ts";

export interface Judgement {
  level: number;
  reason: string;
  quotation: string | null;
}

/** What was read out of a document: its facts, and what its reasons speak of. */
export interface Read {
  facts: Facts;
  motive: Motive;
  /** Whether a sentence may speak to the judge, without doing so plainly: then nothing is approved. */
  isOdd: boolean;
}

/** Nothing can be said. Whatever else is good or bad, this keeps the whole where a person decides. */
const UNKNOWN = 62;
export const unknown = (reason: string): Judgement => ({ level: UNKNOWN, reason, quotation: null });

/** What the model can judge, each told by how a rubric would ask for it. */
const SENSES: { asks: string; judge: (read: Read) => Promise<Judgement> | Judgement }[] = [
  { asks: "Does the training teach what the applicant's role needs?", judge: fit },
  { asks: "Will the department use what is learned in the training?", judge: use },
  {
    asks: "Are the reasons concrete: a task, a problem, a goal, a number?",
    judge: ({ facts }) => concreteness(facts.reasons),
  },
  { asks: "Is the cost in proportion, modest or too high?", judge: ({ facts }) => proportion(facts.cost) },
];
const UNDERSTOOD = 0.5;

/** Judges by one criterion, chosen by what its question means; a question that is not understood stays in the middle. */
export async function judge({ id, question }: Criterion, read: Read): Promise<Judgement & { id: string }> {
  const likeness = await similarities(
    question,
    SENSES.map(({ asks }) => asks),
  );
  const best = Math.max(...likeness);
  const sense = best >= UNDERSTOOD ? SENSES[likeness.indexOf(best)] : undefined;
  return { id, ...(await (sense?.judge(read) ?? unknown("The offline model does not understand the question."))) };
}

/** "Workshop" alone names no training. */
const isNamed = (training: string | undefined): training is string =>
  training !== undefined && wordsOf(training).length > 0;

async function fit({ facts, motive, isOdd }: Read): Promise<Judgement> {
  const { role, training, reasons } = facts;
  if (!role || !isNamed(training)) return unknown("The role or the training is not stated.");
  const found = await fitOf(role, training);
  return {
    level: doubted(weighed(found, await beside(role, training, reasons), motive), isOdd),
    reason: because(found),
    quotation: training,
  };
}

const doubted = (level: number, isOdd: boolean) => (isOdd ? Math.min(level, UNKNOWN) : level);

/** How much of the reasons is read with the training's name, in characters. */
const READ_WITH = 200;

/** The fit of the training together with what it is wanted for. */
const beside = (role: string, training: string, reasons: string | undefined) =>
  fitOf(role, `${training}: ${(reasons ?? "").slice(0, READ_WITH)}`);

const DEPARTMENT_SHARE = 0.3;

async function use({ facts, motive, isOdd }: Read): Promise<Judgement> {
  const { role, department, training, reasons } = facts;
  if (!role || !isNamed(training)) return unknown("The role or the training is not stated.");
  const ofRole = await fitOf(role, training);
  const together = await beside(role, training, reasons);
  if (!department)
    return { level: doubted(weighed(ofRole, together, motive), isOdd), reason: because(ofRole), quotation: role };
  const ofDepartment = await fitOf(department, training);
  const level = Math.round((1 - DEPARTMENT_SHARE) * ofRole.level + DEPARTMENT_SHARE * ofDepartment.level);
  return {
    level: doubted(weighed({ ...ofRole, level }, together, motive), isOdd),
    reason: `For the department: ${because(ofDepartment)}`,
    quotation: department,
  };
}

function because({ level, ownOccupation, nearestOccupation }: Fit): string {
  const degree = level > 76 ? "near" : level < 35 ? "far from" : "related to";
  const nearest = nearestOccupation === ownOccupation ? "" : `; it is nearest to ${nearestOccupation}`;
  return `By its meaning the training is ${degree} the work of ${ownOccupation}${nearest}.`;
}
