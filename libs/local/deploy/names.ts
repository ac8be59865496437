/** What the platform's resources are called. The prefix sets them apart from whatever else lives in an account. */
export const names = {
  bucket: "longhaul-documents",
  reviews: "longhaul-reviews",
  requests: "longhaul-requests",
  console: "longhaul-console",
  sweeper: "longhaul-sweeper",
  alias: "live",
  workflow: (workflow: string) => `longhaul-${workflow}`,
  dispatcher: (workflow: string) => `longhaul-${workflow}-dispatcher`,
  queue: (workflow: string) => `longhaul-${workflow}`,
  deadLetters: (workflow: string) => `longhaul-${workflow}-dead-letters`,
} as const;
