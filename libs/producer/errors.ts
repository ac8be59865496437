import { LonghaulError } from "#platform";

/** What would be sent is not what the contract takes: it was not sent. Names the field and never its value. */
export class InvalidEventError extends LonghaulError {
  readonly field: string;
  constructor(workflow: string, { field, expected, received }: { field: string; expected: string; received: string }) {
    super("EVENT_INVALID", `${workflow}: expected \`${field}\` to be ${expected}, got ${received}.`);
    this.field = field;
  }
}

/** The queue did not take an event. Whether to send it again is safe: the same event again is the same execution. */
export class NotSentError extends LonghaulError {
  override readonly retryable: boolean;
  constructor(code: string, message: string, retryable: boolean) {
    super(code, message);
    this.retryable = retryable;
  }
}
