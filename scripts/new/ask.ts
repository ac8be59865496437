import { cancel, intro, isCancel, multiselect, select, text } from "@clack/prompts";
import { type Choices, problemOf, RefusedChoiceError } from "./choices.ts";

/** What the command line said; what is missing was not told. */
export type Told = { [K in keyof Choices]?: Choices[K] | undefined };

const PARTS = [
  { value: "review", label: "review", hint: "asks a person" },
  { value: "saga", label: "saga", hint: "takes back what it did where a later part fails" },
  { value: "score", label: "score", hint: "has a model score what is asked for" },
] as const;
type Part = (typeof PARTS)[number]["value"];

/** Asks at the terminal for what was not told. @throws RefusedChoiceError where it was left with Ctrl+C */
export async function ask(told: Told, workflows: string): Promise<Choices> {
  intro("A new workflow");
  const name = told.name ?? (await askName(workflows));
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
          }),
        );
  const has = (part: Part) => told[part] ?? chosen.includes(part);
  return { name, trigger, review: has("review"), saga: has("saga"), score: has("score") };
}

async function askName(workflows: string): Promise<string> {
  for (let problem: string | undefined; ; ) {
    const name: string = answered(
      await text({ message: problem ?? "What is it called?", placeholder: "leave-approval" }),
    ).trim();
    problem = await problemOf(name, workflows);
    if (!problem) return name;
  }
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (!isCancel(answer)) return answer as Exclude<T, symbol>;
  cancel("Nothing was written.");
  throw new RefusedChoiceError("CANCELLED", "Cancelled.");
}
