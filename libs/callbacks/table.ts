/**
 * The reviews' table: its key and its sparse indexes. Terraform and the local cloud both make it from this. An open review
 * stands in the lists of its role (`inbox`) and of its role and workflow (`queue`), each in three orders, so that a page is
 * one query whatever it is filtered by; `tally` holds the keys alone, to count. What is not yet delivered or not yet in the
 * case's chain stands in `outbox`.
 */
export const reviewTable = {
  key: { partition: "case", sort: "entry" },
  indexes: {
    inbox: { partition: "inbox", sort: "deadlineAt" },
    "inbox-by-age": { partition: "inbox", sort: "openedAt" },
    "inbox-by-score": { partition: "inbox", sort: "scoreOrder" },
    queue: { partition: "queue", sort: "deadlineAt" },
    "queue-by-age": { partition: "queue", sort: "openedAt" },
    "queue-by-score": { partition: "queue", sort: "scoreOrder" },
    tally: { partition: "inbox", sort: "deadlineAt", keysOnly: true },
    assigned: { partition: "assigned", sort: "deadlineAt" },
    settled: { partition: "settled", sort: "settledAt" },
    outbox: { partition: "outbox", sort: "outboxAt" },
  },
} as const;
