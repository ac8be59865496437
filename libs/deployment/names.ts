/** What the platform's resources are called. The prefix sets them apart from whatever else lives in an account. */
export const names = {
  bucket: "longhaul-documents",
  reviews: "longhaul-reviews",
  requests: "longhaul-requests",
  /** The index of executions: its table, and the queue of the events that keep it. */
  executions: "longhaul-executions",
  executionsDeadLetters: "longhaul-executions-dead-letters",
  indexer: "longhaul-indexer",
  console: "longhaul-console",
  sweeper: "longhaul-sweeper",
  reader: "longhaul-reader",
  alias: "live",
  /** The account's own bus: who wants to hear of reviews needs a rule there and no resource of ours. */
  eventBus: "default",
  workflow: (workflow: string) => `longhaul-${workflow}`,
  dispatcher: (workflow: string) => `longhaul-${workflow}-dispatcher`,
  queue: (workflow: string) => `longhaul-${workflow}`,
  /** Messages of the workflow's queue that could not be taken. */
  deadLetters: (workflow: string) => `longhaul-${workflow}-dead-letters`,
  /** The events of executions that failed. They are no messages of the workflow's queue. */
  failures: (workflow: string) => `longhaul-${workflow}-failures`,
} as const;
