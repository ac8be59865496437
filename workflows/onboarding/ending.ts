import { z } from "zod";
import type { Note } from "./hire.ts";

const Notes: z.ZodType<Note[]> = z.array(
  z.strictObject({ at: z.string().nullable(), text: z.string(), ends: z.literal("NOT_READY").exactOptional() }),
);

/**
 * Thrown in a branch, it ends the whole stage at once, whatever else is still under way there. A child context keeps no more of an
 * error than its message, so that holds the notes, the last of which says how the onboarding ends.
 */
export const endBy = (...notes: readonly Note[]) => new Error(JSON.stringify(notes));

/** The notes of a branch that ended the stage; none where it failed otherwise. */
export function notesIn({ message }: Error): Note[] {
  try {
    return Notes.parse(JSON.parse(message));
  } catch {
    return [];
  }
}
