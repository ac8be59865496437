import { LonghaulError } from "#platform";

/** What was wrong with a message, as it goes to the dead-letter queue's attributes. Never holds the message's data. */
export type Refusal = {
  field: string;
  expected: string;
  received: string;
};

export type RefusalCode =
  | "NOT_JSON"
  | "NOT_OURS"
  | "NOT_CLOUDEVENT"
  | "INPUT_INVALID"
  | "OBJECT_GONE"
  | "NAME_TAKEN"
  | "SIGNAL_REFUSED";

/** A message that no retry can mend: it goes to the dead-letter queue with its reason. */
export class RefusedMessageError extends LonghaulError {
  readonly refusal: Refusal;
  constructor(code: RefusalCode, refusal: Refusal) {
    super(code, `Expected \`${refusal.field}\` to be ${refusal.expected}, got ${refusal.received}.`);
    this.refusal = refusal;
  }
}
