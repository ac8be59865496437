import { z } from "zod";

/** What happened to one operation, or to the execution: no time, no id of the service's making. */
export const HistoryEvent = z.strictObject({
  type: z.string(),
  /** The operation's place in the code: a hash of its parent's place and its number there. */
  id: z.string().optional(),
  name: z.string().optional(),
  subType: z.string().optional(),
  parent: z.string().optional(),
  /** JSON, as it was checkpointed: what a replay needs. */
  result: z.string().optional(),
  error: z.record(z.string(), z.unknown()).optional(),
  /** A failed attempt of a step that is tried again. */
  again: z.literal(true).optional(),
});
export type HistoryEvent = z.infer<typeof HistoryEvent>;

/** One path of a workflow as it was recorded: `workflows/<name>/histories/<path>.json`. */
export const History = z.strictObject({
  workflow: z.string(),
  path: z.string(),
  executionArn: z.string(),
  input: z.unknown(),
  status: z.string(),
  /** As the service counts them: the start, each operation, each retry; and the bytes of the input and of all payloads. */
  operations: z.int(),
  bytes: z.int(),
  events: z.array(HistoryEvent),
});
export type History = z.infer<typeof History>;

/** Where today's code leaves what was recorded. */
export interface Difference {
  workflow: string;
  path: string;
  /** Counted from 1. */
  invocation: number;
  /** The name of the operation, as it was recorded, or as it is asked for where none was recorded. */
  operation: string;
  problem: string;
}
