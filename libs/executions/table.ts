/**
 * The index of executions: its key and its indexes, all sorted by when the execution began. Terraform and the local cloud
 * both make the table from this. An execution stands in the list of all, of its status, of its workflow, of both together,
 * of its version and of its subject, so that a page is one query whatever it is filtered by; `open` holds the keys of those
 * that run, by version, to count.
 *
 * `all` is one partition. DynamoDB writes 1,000 items a second to one; the service starts 300 executions a second at most in
 * a region, and each is written there twice (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
export const executionTable = {
  key: { partition: "name", sort: "id" },
  indexes: {
    all: { partition: "list", sort: "startedAt" },
    status: { partition: "status", sort: "startedAt" },
    workflow: { partition: "workflow", sort: "startedAt" },
    standing: { partition: "standing", sort: "startedAt" },
    version: { partition: "deployed", sort: "startedAt" },
    subject: { partition: "subject", sort: "startedAt" },
    open: { partition: "open", sort: "startedAt", keysOnly: true },
  },
} as const;
