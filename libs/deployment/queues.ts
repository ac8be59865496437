/** The figures of a workflow's queue and its dead-letter queues. Durations are seconds. */
export const queueFigures = {
  /** Lambda's documentation asks for six times the timeout of the function that reads the queue. */
  visibilityTimeoutSeconds: (reader: { timeoutSeconds: number }) => 6 * reader.timeoutSeconds,
  /**
   * A message that is nobody of ours goes to the dead letters at its first receive, with its reason. What comes back is what a
   * service refused for now: an hour of that is lived through.
   */
  maxReceiveCount: 20,
  /** Status events of executions: many at once, and none waits for long. */
  statusEvents: { batchSize: 100, windowSeconds: 1, retentionSeconds: 86_400 },
  batchSize: 10,
  /** The longest that SQS keeps a message. */
  deadLetterRetentionSeconds: 14 * 86_400,
} as const;
