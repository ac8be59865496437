import type { Draft, DraftOptions } from "#scoring";
import { contract, MODEL } from "./contract.ts";
import type { Note } from "./hire.ts";

/** What the model is to write out. It is told role and site, and nobody's name. */
export const firstWeek = (facts: {
  role: string;
  site: string;
}): Pick<DraftOptions, "task" | "outline" | "facts" | "longest" | "deadlineMs"> => ({
  task: "The plan of a new hire's first week, a line a day, for the hire's manager to confirm.",
  outline: [
    "Monday: welcome at {site}, accounts and equipment, lunch with the manager.",
    "Tuesday: the team, and what a {role} does here.",
    "Wednesday and Thursday: a first small task with a colleague.",
    "Friday: an hour with the manager about the first week.",
  ],
  facts,
  longest: 3_000,
  deadlineMs: 30_000,
});

/** The contract's model, or the one that the deployment names: its price is not known then. */
export const modelOf = (id = contract.permissions.model ?? MODEL.id) =>
  id === MODEL.id ? MODEL : { id, price: { input: 0, output: 0 } };

/** Who wrote the plan, for the timeline. */
export const draftNote = (draft: Draft & { at: string }): Note => ({
  at: draft.at,
  text:
    draft.by === "model"
      ? `The first week's plan was drafted by ${draft.model}.`
      : `The first week's plan comes from the template: ${draft.explanation}`,
});
