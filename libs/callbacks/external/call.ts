import { z } from "zod";
import type { Item } from "#platform";
import type { Key } from "../item.ts";

/** What an outside system answered. `body` is JSON text, `failure` what it says went wrong. */
export const ExternalAnswer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("success"), body: z.string() }),
  z.strictObject({ kind: z.literal("failure"), code: z.string(), message: z.string() }),
]);
export type ExternalAnswer = z.infer<typeof ExternalAnswer>;

/** A call to an outside system whose answer an execution awaits, as it lies in the table. Never leaves this library. */
export const ExternalCall = z.object({
  execution: z.string(),
  executionArn: z.string(),
  name: z.string(),
  callbackId: z.string(),
  /** Those of stages that called again, after an interruption: the answer goes to each of them. */
  askedAgain: z.array(z.string()).optional(),
  /** JSON schema of the answer. */
  schema: z.record(z.string(), z.json()),
  /** Hashes of the tokens that were given out: one for each attempt to call, for nobody knows which one arrived. */
  hashes: z.array(z.string()),
  openedAt: z.iso.datetime(),
  /** Not `expiresAt`: that is the attribute by which the table forgets items. */
  answerableUntil: z.iso.datetime().optional(),
  status: z.enum(["open", "answered", "revoked"]),
  /** Kept with the case: a stage that runs again finds it here. */
  answer: ExternalAnswer.optional(),
  /** SHA-256 of the answer: tells a repetition of it from another one. */
  digest: z.string().optional(),
  answeredAt: z.iso.datetime().optional(),
  owed: z.literal("yes").optional(),
  /** Whether the answer reached the execution; absent while it is owed. */
  delivered: z.boolean().optional(),
  /** Requests in the minute that is `minute`: the rate limit's count. */
  minute: z.number().optional(),
  requests: z.number().optional(),
});
export type ExternalCall = z.infer<typeof ExternalCall>;

const PREFIX = "external#";
export const callKey = (execution: string, name: string): Key => ({ case: execution, entry: PREFIX + name });
/** Every callback that the answer is sent to; all but one are of stages that were left. */
export const callbacksOf = ({ callbackId, askedAgain = [] }: ExternalCall) => [callbackId, ...askedAgain];
export const isExternalCall = (item: Item) => String(item.entry).startsWith(PREFIX);
export const toCall = (item: Item): ExternalCall => ExternalCall.parse({ ...item, execution: item.case });
