/** The engine's tables. Whatever belongs to an execution is found by its row's number, which is shorter than its ARN. */
export const SCHEMA = [
  // `state`: invoked, due, or null for what sleeps or has ended.
  "CREATE TABLE executions (row INTEGER PRIMARY KEY, arn TEXT, function TEXT, version TEXT, name TEXT, started_at INTEGER, status TEXT, state TEXT, record TEXT)",
  // An execution's ARN is found by it too: it holds both.
  "CREATE UNIQUE INDEX executions_by_name ON executions (function, name)",
  "CREATE INDEX executions_by_start ON executions (function, started_at, row)",
  "CREATE INDEX executions_open ON executions (state, function, version, status) WHERE status = 'RUNNING' OR state IS NOT NULL",
  "CREATE TABLE inputs (row INTEGER PRIMARY KEY, input TEXT)",
  // One row a change: its events (by their first and last id) and its operations, as JSON, and the record where its own row was left alone.
  "CREATE TABLE changes (row INTEGER, number INTEGER, first INTEGER, last INTEGER, events TEXT, operations TEXT, record TEXT, PRIMARY KEY (row, number)) WITHOUT ROWID",
  "CREATE TABLE timers (row INTEGER, operation TEXT, kind TEXT, at INTEGER, PRIMARY KEY (row, operation, kind)) WITHOUT ROWID",
  "CREATE INDEX timers_by_time ON timers (at)",
  "CREATE TABLE callbacks (id TEXT PRIMARY KEY, row INTEGER, operation TEXT) WITHOUT ROWID",
  "CREATE INDEX callbacks_by_execution ON callbacks (row)",
  // Answers to checkpoints with a client token, for a client that repeats one.
  "CREATE TABLE replies (row INTEGER, inbound TEXT, client_token TEXT, at INTEGER, answer TEXT, PRIMARY KEY (row, inbound)) WITHOUT ROWID",
  "CREATE INDEX replies_by_time ON replies (at)",
  // Plain functions that executions invoke, until their end is written down.
  "CREATE TABLE chained_invokes (row INTEGER, operation TEXT, target TEXT, PRIMARY KEY (row, operation)) WITHOUT ROWID",
  "CREATE TABLE engine_outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, body TEXT)",
] as const;

/** The tables that hold what belongs to an execution. */
export const OWNED = ["executions", "inputs", "changes", "timers", "callbacks", "replies", "chained_invokes"] as const;
