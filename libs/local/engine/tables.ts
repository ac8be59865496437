import type { Store } from "../core/store.ts";
import type { Execution, Journal, TimerKind } from "./execution.ts";
import type { ExecutionRecord, Operation } from "./model.ts";

export interface Timer {
  arn: string;
  operation: string;
  kind: TimerKind;
  at: number;
}

export type Tables = ReturnType<typeof createTables>;

/** Where executions lie on disk. Everything that writes is called within a transaction. */
export function createTables(store: Store) {
  store.migrate("engine", [
    `CREATE TABLE executions (arn TEXT PRIMARY KEY, function TEXT, version TEXT, name TEXT, status TEXT, started_at INTEGER, input TEXT, record TEXT)`,
    "CREATE UNIQUE INDEX executions_by_name ON executions (function, name)",
    "CREATE INDEX executions_by_start ON executions (function, started_at)",
    "CREATE INDEX executions_running ON executions (function, version) WHERE status = 'RUNNING'",
    "CREATE TABLE operations (arn TEXT, id TEXT, seq INTEGER, changed INTEGER, heartbeat INTEGER, operation TEXT, PRIMARY KEY (arn, id)) WITHOUT ROWID",
    "CREATE TABLE events (arn TEXT, id INTEGER, event TEXT, PRIMARY KEY (arn, id)) WITHOUT ROWID",
    "CREATE TABLE timers (arn TEXT, operation TEXT, kind TEXT, at INTEGER, PRIMARY KEY (arn, operation, kind)) WITHOUT ROWID",
    "CREATE INDEX timers_by_time ON timers (at)",
    "CREATE TABLE callbacks (id TEXT PRIMARY KEY, arn TEXT, operation TEXT) WITHOUT ROWID",
    "CREATE INDEX callbacks_by_execution ON callbacks (arn)",
    "CREATE TABLE chained_invokes (arn TEXT, operation TEXT, target TEXT, PRIMARY KEY (arn, operation)) WITHOUT ROWID",
    "CREATE TABLE engine_outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, body TEXT)",
  ]);

  return {
    journal: (execution: Execution): Journal => {
      const { arn } = execution.record;
      return {
        operation(operation, change) {
          const heartbeat = execution.heartbeats.get(operation.Id) ?? null;
          store
            .sql(
              "INSERT INTO operations VALUES (?1, ?2, ?3, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET changed = ?3, heartbeat = ?4, operation = ?5",
            )
            .run(arn, operation.Id, change, heartbeat, JSON.stringify(operation));
        },
        event(id, event) {
          store.sql("INSERT INTO events VALUES (?, ?, ?)").run(arn, id, JSON.stringify(event));
        },
        timer(operation, kind, at) {
          if (at === undefined)
            store.sql("DELETE FROM timers WHERE arn = ? AND operation = ? AND kind = ?").run(arn, operation, kind);
          else store.sql("INSERT OR REPLACE INTO timers VALUES (?, ?, ?, ?)").run(arn, operation, kind, at);
        },
        callback(callbackId, operation) {
          store.sql("INSERT INTO callbacks VALUES (?, ?, ?)").run(callbackId, arn, operation);
        },
        chainedInvoke({ Id }, target) {
          store.sql("INSERT INTO chained_invokes VALUES (?, ?, ?)").run(arn, Id, JSON.stringify(target));
        },
      };
    },

    insert(record: ExecutionRecord, input: string) {
      store
        .sql("INSERT INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .run(
          record.arn,
          record.functionName,
          record.version,
          record.name,
          record.status,
          record.startedAt,
          input,
          JSON.stringify(record),
        );
    },
    save(record: ExecutionRecord) {
      store
        .sql("UPDATE executions SET status = ?, record = ? WHERE arn = ?")
        .run(record.status, JSON.stringify(record), record.arn);
    },
    record(arn: string): ExecutionRecord | undefined {
      const row = store.sql("SELECT record FROM executions WHERE arn = ?").get(arn);
      return row && (JSON.parse(String(row.record)) as ExecutionRecord);
    },
    input: (arn: string): string =>
      String(store.sql("SELECT input FROM executions WHERE arn = ?").get(arn)?.input ?? ""),
    byName(functionName: string, name: string): ExecutionRecord | undefined {
      const row = store.sql("SELECT record FROM executions WHERE function = ? AND name = ?").get(functionName, name);
      return row && (JSON.parse(String(row.record)) as ExecutionRecord);
    },
    load(arn: string): Execution | undefined {
      const record = this.record(arn);
      if (!record) return undefined;
      const rows = store.sql("SELECT operation, heartbeat FROM operations WHERE arn = ? ORDER BY seq").all(arn);
      const loaded = rows.map((row) => ({
        operation: JSON.parse(String(row.operation)) as Operation,
        heartbeat: row.heartbeat,
      }));
      return {
        record,
        operations: new Map(loaded.map(({ operation }) => [operation.Id, operation])),
        heartbeats: new Map(
          loaded.flatMap(({ operation, heartbeat }) =>
            heartbeat === null ? [] : [[operation.Id, Number(heartbeat)] as const],
          ),
        ),
      };
    },
    /** Of an execution: what changed after a watermark, in order. */
    changedSince: (arn: string, watermark: number): Operation[] =>
      store
        .sql("SELECT operation FROM operations WHERE arn = ? AND changed > ? ORDER BY changed")
        .all(arn, watermark)
        .map((row) => JSON.parse(String(row.operation)) as Operation),

    events: (
      arn: string,
      { after, limit, reverse }: { after: number | undefined; limit: number; reverse: boolean },
    ): Record<string, unknown>[] => {
      const text = reverse
        ? "SELECT event FROM events WHERE arn = ? AND id < ? ORDER BY id DESC LIMIT ?"
        : "SELECT event FROM events WHERE arn = ? AND id > ? ORDER BY id LIMIT ?";
      const from = after ?? (reverse ? Number.MAX_SAFE_INTEGER : 0);
      return store
        .sql(text)
        .all(arn, from, limit)
        .map(({ event }) => JSON.parse(String(event)) as Record<string, unknown>);
    },

    list: (
      functionName: string,
      filter: {
        version?: string;
        name?: string;
        statuses: readonly string[];
        after: number;
        before: number;
        reverse: boolean;
        marker: string;
        limit: number;
      },
    ): ExecutionRecord[] => {
      const { version, name, statuses, after, before, reverse, marker, limit } = filter;
      const direction = reverse ? { order: "DESC", beyond: "<" } : { order: "ASC", beyond: ">" };
      const rows = store
        .sql(
          `SELECT record FROM executions WHERE function = ?1 AND (?2 IS NULL OR version = ?2) AND (?3 IS NULL OR name = ?3)
           AND (?4 = '[]' OR status IN (SELECT value FROM json_each(?4))) AND started_at > ?5 AND started_at < ?6
           AND (?7 = '' OR printf('%020d', started_at) || arn ${direction.beyond} ?7)
           ORDER BY started_at ${direction.order}, arn ${direction.order} LIMIT ?8`,
        )
        .all(functionName, version ?? null, name ?? null, JSON.stringify(statuses), after, before, marker, limit);
      return rows.map(({ record }) => JSON.parse(String(record)) as ExecutionRecord);
    },
    running(functionName: string, version?: string): number {
      const row = store
        .sql(
          "SELECT count(*) AS n FROM executions WHERE function = ? AND status = 'RUNNING' AND (? IS NULL OR version = ?)",
        )
        .get(functionName, version ?? null, version ?? null);
      return Number(row?.n);
    },
    interrupted: (): string[] =>
      store
        .sql("SELECT arn FROM executions WHERE status = 'RUNNING' AND json_extract(record, '$.invocation') IS NOT NULL")
        .all()
        .map(({ arn }) => String(arn)),

    callback(callbackId: string): { arn: string; operation: string } | undefined {
      const row = store.sql("SELECT arn, operation FROM callbacks WHERE id = ?").get(callbackId);
      return row && { arn: String(row.arn), operation: String(row.operation) };
    },

    nextTimer(): number | undefined {
      const at = store.sql("SELECT min(at) AS at FROM timers").get()?.at;
      return at === null || at === undefined ? undefined : Number(at);
    },
    due: (now: number, limit: number): Timer[] =>
      store
        .sql("SELECT * FROM timers WHERE at <= ? ORDER BY at LIMIT ?")
        .all(now, limit)
        .map((row) => ({
          arn: String(row.arn),
          operation: String(row.operation),
          kind: row.kind as TimerKind,
          at: Number(row.at),
        })),
    dueOf: (arn: string, now: number): Timer[] =>
      store
        .sql("SELECT * FROM timers WHERE arn = ? AND at <= ? AND kind NOT IN ('invocation', 'retention') ORDER BY at")
        .all(arn, now)
        .map((row) => ({
          arn,
          operation: String(row.operation),
          kind: row.kind as TimerKind,
          at: Number(row.at),
        })),
    clearTimers(arn: string) {
      store.sql("DELETE FROM timers WHERE arn = ?").run(arn);
    },

    chainedInvokes: (
      arn?: string,
    ): { arn: string; operation: string; target: { functionName: string; tenantId?: string; input: string } }[] =>
      store
        .sql("SELECT * FROM chained_invokes WHERE ?1 IS NULL OR arn = ?1")
        .all(arn ?? null)
        .map((row) => ({
          arn: String(row.arn),
          operation: String(row.operation),
          target: JSON.parse(String(row.target)),
        })),
    removeChainedInvoke(arn: string, operation: string) {
      store.sql("DELETE FROM chained_invokes WHERE arn = ? AND operation = ?").run(arn, operation);
    },

    addOutbox(kind: "event" | "dead-letter", body: unknown) {
      store.sql("INSERT INTO engine_outbox (kind, body) VALUES (?, ?)").run(kind, JSON.stringify(body));
    },
    outbox: () =>
      store
        .sql("SELECT * FROM engine_outbox ORDER BY seq LIMIT 500")
        .all()
        .map(({ seq, kind, body }) => ({ seq: Number(seq), kind: String(kind), body: JSON.parse(String(body)) })),
    removeOutbox(seq: number) {
      store.sql("DELETE FROM engine_outbox WHERE seq = ?").run(seq);
    },

    /** The end of retention: nothing of the execution is left. */
    remove(arn: string) {
      for (const table of ["executions", "operations", "events", "timers", "callbacks", "chained_invokes"])
        store.sql(`DELETE FROM ${table} WHERE arn = ?`).run(arn);
    },
  };
}
