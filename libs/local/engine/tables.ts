import type { Store } from "../core/store.ts";
import type { Execution } from "./execution.ts";
import { type ExecutionRecord, type Operation, stateOf } from "./model.ts";
import { OWNED, SCHEMA } from "./schema.ts";

export type Tables = ReturnType<typeof createTables>;

const ARN = /:function:([^:]+):[^/]+\/durable-execution\/([^/]+)\//;
const savedAs = (record: ExecutionRecord) => `${record.status} ${stateOf(record)}`;

/** Executions and their operations on disk. What writes is called within a transaction. */
export function createTables(store: Store) {
  store.migrate("engine", SCHEMA);
  const { sql } = store;
  const recordOf = (text: unknown) => JSON.parse(String(text)) as ExecutionRecord;
  const select = (arn: string) => {
    const [, functionName = "", name = ""] = ARN.exec(arn) ?? [];
    const text = "SELECT row, record FROM executions WHERE function = ? AND name = ? AND arn = ?";
    return sql(text).get(functionName, name, arn);
  };

  return {
    insert(record: ExecutionRecord, input: string): Execution {
      const { arn, functionName, version, name, startedAt, status } = record;
      const { lastInsertRowid } = sql("INSERT INTO executions VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)").run(
        ...[arn, functionName, version, name, startedAt, status, stateOf(record), JSON.stringify(record)],
      );
      const row = Number(lastInsertRowid);
      sql("INSERT INTO inputs VALUES (?, ?)").run(row, input);
      return { row, record, operations: new Map(), delta: new Set(), unsaved: new Set(), saved: savedAs(record) };
    },

    /** Writes the record and the operations that changed. */
    save(execution: Execution) {
      const { row, record, operations, unsaved } = execution;
      for (const id of unsaved) {
        const kept = operations.get(id);
        if (!kept) continue;
        sql(
          "INSERT INTO operations VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET changed = ?4, operation = ?6",
        ).run(row, id, kept.place, kept.changed, kept.heartbeat ?? null, JSON.stringify(kept.operation));
      }
      unsaved.clear();
      const text = JSON.stringify(record);
      // The indexed columns are left alone where they are as they were: it spares the indexes.
      if (execution.saved === savedAs(record)) sql("UPDATE executions SET record = ? WHERE row = ?").run(text, row);
      else {
        execution.saved = savedAs(record);
        sql("UPDATE executions SET status = ?, state = ?, record = ? WHERE row = ?").run(
          ...[record.status, stateOf(record), text, row],
        );
      }
    },

    load(arn: string): Execution | undefined {
      const found = select(arn);
      if (!found) return undefined;
      const record = recordOf(found.record);
      const kept = sql("SELECT place, changed, heartbeat, operation FROM operations WHERE row = ? ORDER BY place")
        .all(Number(found.row))
        .map(({ place, changed, heartbeat, operation }) => ({
          operation: JSON.parse(String(operation)) as Operation,
          place: Number(place),
          changed: Number(changed),
          ...(heartbeat !== null && { heartbeat: Number(heartbeat) }),
        }));
      const fresh = kept.filter(({ changed }) => changed > record.watermark).sort((a, b) => a.changed - b.changed);
      return {
        row: Number(found.row),
        record,
        operations: new Map(kept.map((one) => [one.operation.Id, one])),
        delta: new Set(fresh.map(({ operation }) => operation.Id)),
        unsaved: new Set(),
        saved: savedAs(record),
      };
    },

    find(arn: string): { row: number; record: ExecutionRecord } | undefined {
      const found = select(arn);
      return found && { row: Number(found.row), record: recordOf(found.record) };
    },
    findByName(functionName: string, name: string): { row: number; record: ExecutionRecord } | undefined {
      const found = sql("SELECT row, record FROM executions WHERE function = ? AND name = ?").get(functionName, name);
      return found && { row: Number(found.row), record: recordOf(found.record) };
    },
    input: (row: number): string => String(sql("SELECT input FROM inputs WHERE row = ?").get(row)?.input ?? ""),

    running(functionName?: string, version?: string): number {
      const text =
        "SELECT count(*) AS n FROM executions WHERE status = 'RUNNING' AND (?1 IS NULL OR function = ?1) AND (?2 IS NULL OR version = ?2)";
      return Number(sql(text).get(functionName ?? null, version ?? null)?.n);
    },
    runningArns(functionName: string, version?: string): string[] {
      const text =
        "SELECT arn FROM executions WHERE status = 'RUNNING' AND function = ?1 AND (?2 IS NULL OR version = ?2) ORDER BY row";
      return sql(text)
        .all(functionName, version ?? null)
        .map(({ arn }) => String(arn));
    },
    /** The ARNs of the executions in a state, oldest first. */
    inState: (state: "invoked" | "due"): string[] =>
      sql("SELECT arn FROM executions WHERE state = ? ORDER BY row")
        .all(state)
        .map(({ arn }) => String(arn)),

    /** The end of retention: nothing of the execution is left. */
    remove(row: number) {
      for (const table of OWNED) sql(`DELETE FROM ${table} WHERE row = ?`).run(row);
    },
  };
}
