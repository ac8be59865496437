/** The reviews' table: its keys and its two sparse indexes. Terraform and the local cloud both make it from this. */
export const reviewTable = {
  key: { partition: "case", sort: "entry" },
  indexes: {
    inbox: { partition: "inbox", sort: "deadlineAt" },
    undelivered: { partition: "undelivered", sort: "settledAt" },
  },
} as const;
