import { z } from "zod";

/** One message to an execution, sent once however often it is sent: `id` is the sender's own, stable over its attempts. */
export const Signal = z.strictObject({
  id: z.string().min(1).max(256),
  /** As the workflow's contract names it. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, "1 to 41 of a-z, 0-9 and -, a letter first"),
  /** When it was sent: signals are taken in this order, and by id within an instant. ISO 8601 in UTC. */
  at: z.iso.datetime(),
  payload: z.json(),
});
export type Signal = z.infer<typeof Signal>;

/** A signal's JSON may take so many bytes: it lies in a table's item and in the history of the execution that takes it. */
export const MAX_SIGNAL_BYTES = 64 * 1024;
