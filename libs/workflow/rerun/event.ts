import { z } from "zod";

/** A finished operation of the execution that is repeated: a step with the result it had, an answer as it came, or a wait. */
const Taken = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("step"), name: z.string(), result: z.json().optional() }),
  z.strictObject({ kind: z.literal("callback"), name: z.string(), result: z.string() }),
  z.strictObject({ kind: z.literal("wait"), name: z.string() }),
]);
export type Taken = z.infer<typeof Taken>;

/**
 * The event of an execution that goes on from where another one failed. Only who may start the function can send it: a message
 * on a queue is held against the contract's input before it starts anything.
 */
export const Rerun = z.strictObject({
  rerun: z.strictObject({ of: z.string(), taken: z.array(Taken).min(1) }),
  /** The first one's own event. */
  input: z.unknown(),
});
export type Rerun = z.infer<typeof Rerun>;

/** The event that an execution had, or would have had where it is itself a rerun from a step. */
export function withoutRerun(event: unknown): unknown {
  const parsed = Rerun.safeParse(event);
  return parsed.success ? parsed.data.input : event;
}
