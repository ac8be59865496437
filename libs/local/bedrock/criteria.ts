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
  /** How well the training suits whoever asks for it; undefined where it is not plain who asks for what. */
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
  return {
    level: doubted(worth.level, isOdd),
    reason: because(worth),
    quotation: facts.training ?? worth.likeliest.training,
  };
}

const doubted = (level: number, isOdd: boolean) => (isOdd ? Math.min(level, UNKNOWN) : level);

/** What the department gains is judged as the fit is, of which the department is a part. */
function use(read: Read): Judgement {
  const judged = fitting(read);
  const { department, role } = read.facts;
  return { ...judged, quotation: department ?? role ?? read.worth?.likeliest.role ?? null };
}

/** From this chance on a fit or a misfit is plain. */
const PLAIN = 0.6;
/** From so many points on, what a request says counts as speaking for it or against it. */
const SPEAKS = 10;

function because({ likeliest, said }: Worth): string {
  const { chances, ownOccupation, nearestOccupation } = likeliest.fit;
  const [unfit, , fit] = chances;
  const degree = fit > PLAIN ? "near" : unfit > PLAIN ? "far from" : "related to";
  const nearest = nearestOccupation === ownOccupation ? "" : `; it is nearest to ${nearestOccupation}`;
  const speaks = said > SPEAKS ? "for it" : said < -SPEAKS ? "against it" : "neither for it nor against it";
  return `By its meaning the training is ${degree} the work of ${ownOccupation}${nearest}; what the request says of it speaks ${speaks}.`;
}
