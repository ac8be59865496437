/**
 * The base of every error that Longhaul raises on purpose. `code` is stable and crosses checkpoints as data; messages
 * hold no personal data and no secrets, for they end up in logs, histories and dead-letter queues.
 */
export class LonghaulError extends Error {
  readonly code: string;
  /** Whether trying again may help. It is decided where the error is made. */
  readonly retryable: boolean = false;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}
