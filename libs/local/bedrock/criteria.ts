import { similarities } from "./embeddings.ts";
import type { Facts } from "./fields.ts";
import type { Criterion } from "./prompt.ts";
import { concreteness, proportion } from "./reasons.ts";
import type { Worth } from "./worth.ts";

export interface Judgement {
  level: number;
  reason: string;
  quotation: string | null;
}

/** What was read out of a document: its facts, and what its reasons speak of. */
export interface Read {
  facts: Facts;
  /** How well the training suits whoever asks for it; undefined where one is not named. */
  worth: Worth | undefined;
  /** Whether a sentence may speak to the judge, without doing so plainly: then nothing is approved. */
  isOdd: boolean;
}

/** Nothing can be said. Whatever else is good or bad, this keeps the whole where a person decides. */
const UNKNOWN = 62;
export const unknown = (reason: string): Judgement => ({ level: UNKNOWN, reason, quotation: null });

/** What the model can judge, each told by how a rubric would ask for it. */
const SENSES: { asks: string; judge: (read: Read) => Judgement }[] = [
  { asks: "Does the training teach what the applicant's role needs?", judge: fitting },
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
  return { id, ...(sense?.judge(read) ?? unknown("The offline model does not understand the question.")) };
}

function fitting({ facts, worth, isOdd }: Read): Judgement {
  if (!worth) return unknown("The role or the training is not stated.");
  return { level: doubted(worth.level, isOdd), reason: because(worth), quotation: facts.training ?? null };
}

const doubted = (level: number, isOdd: boolean) => (isOdd ? Math.min(level, UNKNOWN) : level);

/** What the department gains is judged as the fit is, of which the department is a part. */
function use(read: Read): Judgement {
  const judged = fitting(read);
  const { department, role } = read.facts;
  return { ...judged, quotation: judged.quotation && (department ?? role ?? null) };
}

function because({ level, fit: { ownOccupation, nearestOccupation } }: Worth): string {
  const degree = level > 76 ? "near" : level < 35 ? "far from" : "related to";
  const nearest = nearestOccupation === ownOccupation ? "" : `; it is nearest to ${nearestOccupation}`;
  return `By its meaning the training is ${degree} the work of ${ownOccupation}${nearest}.`;
}
