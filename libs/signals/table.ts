/**
 * The signals' table: its key and its sparse index. Terraform and the local cloud both make it from this. A mailbox is an
 * execution's partition: its signals, and the waits that listen. What may not have rung yet stands in `unrung`.
 */
export const signalTable = {
  key: { partition: "execution", sort: "entry" },
  indexes: { unrung: { partition: "unrung", sort: "at" } },
  /** Epoch seconds, after which an item may go. */
  ttl: "expiresAt",
} as const;
