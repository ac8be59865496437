/** The service's limits, from its public documentation and service model. */
export const LIMITS = {
  /** Operations of one execution, retries of steps included. */
  operations: 3_000,
  /** What one execution may write in all, in bytes. */
  bytes: 100_000_000,
  /** One operation's payload, in bytes. */
  payloadBytes: 6 * 1024 * 1024,
  /** A callback's result or error, in bytes. */
  callbackBytes: 1024 * 1024,
  /** The input of an asynchronous start, and of a synchronous one, in bytes. */
  asynchronousInputBytes: 1024 * 1024,
  synchronousInputBytes: 6 * 1024 * 1024,
  /** A wait or retry delay: 366 days. */
  delaySeconds: 31_622_400,
  callbackSeconds: 99_999_999,
  /** How long a client token is remembered. */
  clientTokenMs: 15 * 60_000,
} as const;
