import { type CommonOptions, cancel, intro, isCancel, multiselect, select, text } from "@clack/prompts";
import { type Choices, problemOf, RefusedChoiceError } from "./choices.ts";

/** What the command line said; what is missing was not told. */
export type Told = { [K in keyof Choices]?: Choices[K] | undefined };

const PARTS = [
  { value: "review", label: "review", hint: "asks a person" },
  { value: "saga", label: "saga", hint: "takes back what it did where a later part fails" },
  { value: "score", label: "score", hint: "has a model score what is asked for" },
] as const;
type Part = (typeof PARTS)[number]["value"];

/**
 * Asks for what was not told, at this process's terminal or at the one that is given.
 *
 * @throws RefusedChoiceError where it was left with Ctrl+C
 */
export async function ask(told: Told, workflows: string, terminal: CommonOptions = {}): Promise<Choices> {
  intro("A new workflow", terminal);
  const answered = <T>(answer: T) => unlessCancelled(answer, terminal);
  const name = told.name ?? (await askName(workflows, terminal));
  const trigger =
    told.trigger ??
    answered(
      await select({
        message: "What starts it?",
        options: [
          { value: "queue" as const, label: "queue", hint: "an event on its queue" },
          { value: "bucket" as const, label: "bucket", hint: "a document in the bucket" },
          { value: "both" as const, label: "both", hint: "either" },
        ],
        ...terminal,
      }),
    );
  const open = PARTS.filter(({ value }) => told[value] === undefined);
  const chosen: Part[] =
    open.length === 0
      ? []
      : answered(
          await multiselect<Part>({
            message: "What does it do on its way? (space chooses, enter goes on)",
            options: [...open],
            required: false,
            ...terminal,
          }),
        );
  const has = (part: Part) => told[part] ?? chosen.includes(part);
  return { name, trigger, review: has("review"), saga: has("saga"), score: has("score") };
}

async function askName(workflows: string, terminal: CommonOptions): Promise<string> {
  for (let problem: string | undefined; ; ) {
    const message = problem ?? "What is it called?";
    const answer = await text({ message, placeholder: "leave-approval", ...terminal });
    const name = unlessCancelled(answer, terminal).trim();
    problem = await problemOf(name, workflows);
    if (!problem) return name;
  }
}

function unlessCancelled<T>(answer: T, terminal: CommonOptions): Exclude<T, symbol> {
  if (!isCancel(answer)) return answer as Exclude<T, symbol>;
  cancel("Nothing was written.", terminal);
  throw new RefusedChoiceError("CANCELLED", "Cancelled.");
}
