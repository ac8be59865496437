import type { DurableContext } from "@aws/durable-execution-sdk-js";
import type { Answer, Ask, Choice, Question } from "./officer.ts";
import type { SagaError } from "./outcome.ts";
import type { Entry } from "./registry.ts";

/** Asks what to do about an undo that failed; a write-off takes a second person. Notes each review in the step's report. */
export async function askAboutUndo(
  ctx: DurableContext,
  entry: Entry,
  { ask, round }: { ask: Ask; round: number },
): Promise<Answer["choice"]> {
  const { report } = entry;
  const question: Question = {
    title: `Undo by hand: ${report.name}`,
    about: aboutOf(entry),
    concern: `${report.forward === "done" ? "This was done" : "Nobody can tell whether this was done"}, and could not be taken back. The rest of the case has been undone as far as possible.`,
    facts: factsOf(entry, report.undoErrors.at(-1)),
    choices: ["try-again", "by-hand", "write-off"],
  };
  return askAndConfirm(ctx, entry, { ask, round, question, prefix: "undo" });
}

/** Asks what to do about a step after the point of no return that failed. */
export async function askAboutStep(
  ctx: DurableContext,
  entry: Entry,
  { ask, round, error }: { ask: Ask; round: number; error: SagaError },
): Promise<Answer["choice"]> {
  const question: Question = {
    title: `Stuck after the point of no return: ${entry.report.name}`,
    about: aboutOf(entry),
    concern: "The case can only go forward from here, and this step does not succeed.",
    facts: factsOf(entry, error),
    choices: ["try-again", "write-off"],
  };
  return askAndConfirm(ctx, entry, { ask, round, question, prefix: "step" });
}

async function askAndConfirm(
  ctx: DurableContext,
  { report }: Entry,
  options: { ask: Ask; round: number; question: Question; prefix: string },
): Promise<Answer["choice"]> {
  const { ask, round, question, prefix } = options;
  const put = async (name: string, asked: Question) => {
    const answer = await ask(ctx, name, asked);
    report.reviews.push({ name, choice: answer.choice });
    return answer;
  };
  const number = round === 1 ? "" : `-${round}`;
  const first = await put(`${prefix}-${report.name}${number}`, question);
  if (first.choice !== "write-off") return first.choice;
  const choices: readonly Choice[] = ["write-off", "try-again"];
  const second = await put(`off-${report.name}${number}`, {
    ...question,
    title: `Confirm the write-off: ${report.name}`,
    concern: `A first person wants to write this off: ${first.evidence}`.slice(0, 2_000),
    choices,
    not: first.by,
  });
  return second.choice;
}

const aboutOf = ({ spec }: Entry) => Object.values(spec.facts ?? {}).join(" · ");

function factsOf({ report, spec }: Entry, error: SagaError | undefined): Question["facts"] {
  const known = Object.entries(spec.facts ?? {}).map(([label, value]) => ({ label, value }));
  return [
    ...known,
    { label: "Key", value: report.key },
    { label: "Forward", value: `${report.forward}${report.at ? ` at ${report.at}` : ""}` },
    ...(error ? [{ label: "Last error", value: `${error.code}: ${error.message}`.slice(0, 2_000) }] : []),
  ];
}
