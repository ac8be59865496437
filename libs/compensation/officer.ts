import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { type Person, requestDecision } from "#callbacks";

/** What a person may choose where something could not be done. */
export type Choice = "try-again" | "by-hand" | "write-off";

export interface Question {
  title: string;
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

/** Asks by a review in the console. */
export function askByReview({ workflow, role, deadlineSeconds }: Officer): Ask {
  return async (ctx, name, { title, concern, facts, not }) => {
    const requester = not?.email ?? not?.subject;
    const review = { title, concern, facts, role, ...(requester && { requester }) };
    const { outcome, reason, by } = await requestDecision(ctx, name, { workflow, review, deadlineSeconds });
    if (outcome === "approved") return { choice: "try-again", evidence: reason, by };
    return { choice: outcome === "rejected" ? "write-off" : "none", evidence: reason, by };
  };
}
