import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { z } from "zod";
import { type OptionToOffer, type Person, requestDecision } from "#callbacks";

/** What a person may choose where something could not be done. */
export type Choice = "try-again" | "by-hand" | "write-off";

export interface Question {
  title: string;
  /** Which case it is, in a list: the step's own facts. */
  about: string;
  concern: string;
  facts: { label: string; value: string }[];
  choices: readonly Choice[];
  /** Who may not answer: they chose the write-off that is to be confirmed. */
  not?: Person | undefined;
}

/** `none` says that nobody decided in time. `evidence` is the person's reason. */
export interface Answer {
  choice: Choice | "none";
  evidence: string;
  by?: Person | undefined;
}

/** Asks a person in a review called `name`, and sleeps until it is answered. */
export type Ask = (ctx: DurableContext, name: string, question: Question) => Promise<Answer>;

/** Who is asked about what could not be undone. */
export interface Officer {
  /** The contract's name. */
  workflow: string;
  role: string;
  /** How long each review waits, in seconds. */
  deadlineSeconds: number;
}

const TRY_AGAIN = { id: "try-again", label: "Try again", means: "The same step runs once more." };
const BY_HAND = {
  id: "by-hand",
  label: "Done by hand",
  outcome: "approved" as const,
  means: "Nothing runs: you have done it yourself, and say where that can be seen.",
  form: z.strictObject({ evidence: z.string().min(3).max(500).describe("Where it can be seen that it was done") }),
};
const WRITE_OFF = { id: "write-off", label: "Write off" };
const WRITTEN_OFF = {
  first: "It stays as it is, for good, once a second person has confirmed it.",
  second: "You are the second person: it stays as it is, for good.",
};

/** The second person's approval is the write-off's; else only trying again or doing it by hand is. */
const optionsFor = ({ choices, not }: Question): OptionToOffer[] =>
  choices.map((choice) => {
    if (choice === "by-hand") return BY_HAND;
    if (choice === "write-off")
      return {
        ...WRITE_OFF,
        means: WRITTEN_OFF[not ? "second" : "first"],
        outcome: not ? "approved" : "rejected",
      };
    return { ...TRY_AGAIN, outcome: not ? "rejected" : "approved" };
  });

/** Asks by a review in the console. */
export function askByReview({ workflow, role, deadlineSeconds }: Officer): Ask {
  return async (ctx, name, question) => {
    const { title, about, concern, facts, choices, not } = question;
    const subject = [title, about].filter(Boolean).join(" · ").slice(0, 200);
    const mayNotDecide = not ? [not.email ?? not.subject] : [];
    const review = {
      title,
      subject,
      concern,
      facts,
      role,
      options: optionsFor(question),
      mayNotDecide,
      onExpiry: ON_EXPIRY,
    };
    const { option, reason, by } = await requestDecision(ctx, name, { workflow, review, deadlineSeconds });
    const choice = choices.find((one) => one === option);
    return { choice: choice ?? "none", evidence: reason, by };
  };
}

const ON_EXPIRY = "It stays as it is, and the execution ends as one that needs a person.";
